package io.kadenza.multiformats;

import java.util.List;
import java.util.Objects;

/// A peer and where it is said to be reachable, the best address first.
///
/// Addresses are kept without the `/p2p/…` of the peer itself. Those that name another peer at
/// their end are no addresses of this one and are left out, as are those that are nothing but a
/// peer id.
public record PeerInfo(PeerId id, List<Multiaddr> addresses) {
  public PeerInfo {
    Objects.requireNonNull(id);
    addresses = arePlain(addresses) ? List.copyOf(addresses) : clean(id, addresses);
  }

  /// Whether nothing is to be taken off or left out, as is nearly always so: a copy of an immutable
  /// list is then that list.
  private static boolean arePlain(List<Multiaddr> addresses) {
    for (Multiaddr address : addresses) {
      if (address.isEmpty() || address.has(Protocol.P2P)) {
        return false;
      }
    }
    return true;
  }

  private static List<Multiaddr> clean(PeerId peer, List<Multiaddr> addresses) {
    return addresses.stream()
        .filter(address -> address.peerId().filter(named -> !named.equals(peer)).isEmpty())
        .map(Multiaddr::withoutPeer)
        .filter(address -> !address.isEmpty())
        .toList();
  }
}
