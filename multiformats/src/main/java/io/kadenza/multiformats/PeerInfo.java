package io.kadenza.multiformats;

import java.util.List;

/// A peer and where it is said to be reachable, the best address first.
///
/// Addresses are kept without the `/p2p/…` of the peer itself. Those that name another peer at
/// their end are no addresses of this one and are left out, as are those that are nothing but a
/// peer id.
public record PeerInfo(PeerId id, List<Multiaddr> addresses) {
  public PeerInfo {
    PeerId peer = id;
    addresses =
        addresses.stream()
            .filter(address -> address.peerId().filter(named -> !named.equals(peer)).isEmpty())
            .map(Multiaddr::withoutPeer)
            .filter(address -> !address.isEmpty())
            .toList();
  }
}
