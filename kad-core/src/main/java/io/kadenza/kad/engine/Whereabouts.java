package io.kadenza.kad.engine;

import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where a peer is, as those say who were asked for somebody else. Each address counts how many
/// name it, so that whoever is heard first, and lies, has no more to say than the next one. Owned
/// by one operation.
final class Whereabouts {
  /// Bounds what all answers together can make us keep.
  static final int MAX_ADDRESSES = 64;

  /// Of what one says: a dozen is usual, and a liar must leave room for others.
  static final int MAX_FROM_ONE = 16;

  private final PeerId peer;
  private final Map<Multiaddr, Integer> witnesses = new LinkedHashMap<>();

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

  /// The peer at all these addresses, those that most name first.
  PeerInfo info() {
    var byCount = new ArrayList<>(witnesses.entrySet());
    byCount.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    return new PeerInfo(peer, byCount.stream().map(Map.Entry::getKey).toList());
  }
}
