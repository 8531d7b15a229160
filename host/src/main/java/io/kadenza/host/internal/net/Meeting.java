package io.kadenza.host.internal.net;

import io.kadenza.crypto.PublicKey;
import io.kadenza.host.Direction;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.time.Instant;

/// Who has met whom, where and when: what is known of a connection once the peer's identity is
/// proven, and never changes.
///
/// @param local this host's end
/// @param remote the peer's end
/// @param network that of the peer's end
record Meeting(
    PeerId peer,
    PublicKey key,
    Direction direction,
    Multiaddr local,
    Multiaddr remote,
    RemoteNetwork network,
    Instant at) {

  /// A meeting that takes place now.
  Meeting(PeerId peer, PublicKey key, Direction direction, Multiaddr local, Multiaddr remote) {
    this(peer, key, direction, local, remote, RemoteNetwork.of(remote), Instant.now());
  }

  @Override
  public String toString() {
    return direction + " connection with " + peer + " at " + remote;
  }
}
