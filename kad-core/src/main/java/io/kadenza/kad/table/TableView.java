package io.kadenza.kad.table;

import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A routing table at one moment, for people and their tools. Immutable.
///
/// @param k how many peers fit into a bucket
/// @param refreshed how long ago the last walks to fill it began; empty before the first
/// @param buckets those that hold somebody or have somebody waiting, the farthest first
public record TableView(int k, Optional<Duration> refreshed, List<Bucket> buckets) {
  public TableView {
    buckets = List.copyOf(buckets);
  }

  /// Peers whose keys share so many leading bits with ours, and no more.
  ///
  /// @param peers those in the table, the longest known first
  /// @param waiting servers that would like a place
  public record Bucket(int prefix, List<Peer> peers, List<PeerInfo> waiting) {
    public Bucket {
      peers = List.copyOf(peers);
      waiting = List.copyOf(waiting);
    }
  }

  /// One peer of the table.
  ///
  /// @param answered how long ago it last answered a request of ours, or connected with us
  /// @param failures how often in a row it has failed since; if ever, it is not named to others
  public record Peer(PeerInfo info, Duration answered, int failures) {}

  /// How many peers there are in all.
  public int size() {
    return buckets.stream().mapToInt(bucket -> bucket.peers().size()).sum();
  }
}
