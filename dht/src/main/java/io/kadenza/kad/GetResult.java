package io.kadenza.kad;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;

/// What a search for a value came to.
public sealed interface GetResult {
  /// How the walk went, and why it stopped.
  LookupStats stats();

  /// The best valid value seen.
  ///
  /// @param answers how many valid values were seen, the local one included
  record Found(Record record, int answers, LookupStats stats) implements GetResult {}

  /// Nobody who was asked has a valid value.
  ///
  /// @param closest the closest peers that answered
  record NotFound(List<PeerInfo> closest, LookupStats stats) implements GetResult {
    public NotFound {
      closest = List.copyOf(closest);
    }
  }
}
