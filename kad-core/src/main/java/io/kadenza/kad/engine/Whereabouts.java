package io.kadenza.kad.engine;

import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where a peer is, as those say who were asked for somebody else. Each address counts how many
/// name it, so that whoever is heard first, and lies, has no more to say than the next one. Owned
/// by one operation.
final class Whereabouts {
  /// Bounds what all answers together can make us keep.
  private static final int MAX_ADDRESSES = 64;

  /// Of what one says: a dozen is usual, and a liar must leave room for others.
  private static final int MAX_FROM_ONE = 16;

  private final PeerId peer;
  private final Map<Multiaddr, Integer> witnesses = new LinkedHashMap<>();
  private List<Multiaddr> proven = List.of();

  Whereabouts(PeerId peer) {
    this.peer = peer;
  }

  /// One more says where the peer is.
  void add(List<Multiaddr> addresses) {
    addresses.stream().limit(MAX_FROM_ONE).distinct().forEach(this::count);
  }

  private void count(Multiaddr address) {
    if (witnesses.size() == MAX_ADDRESSES && !witnesses.containsKey(address)) {
      witnesses.remove(leastNamed());
    }
    witnesses.merge(address, 1, Integer::sum);
  }

  /// The one named longest ago of those that the fewest name: others have had time to name it too.
  private Multiaddr leastNamed() {
    return witnesses.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /// The peer itself has answered at one of these, so they come first, whatever others say.
  void reachedAt(List<Multiaddr> addresses) {
    proven = addresses;
  }

  /// The peer at all these addresses, those that most name first.
  PeerInfo info() {
    var byCount = new ArrayList<>(witnesses.entrySet());
    byCount.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    return new PeerInfo(
        peer,
        Stream.concat(proven.stream(), byCount.stream().map(Map.Entry::getKey))
            .distinct()
            .limit(MAX_ADDRESSES)
            .toList());
  }
}
