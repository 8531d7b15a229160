package io.kadenza.host;

import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the host remembers of other peers: addresses, each for a time, and their identification.
///
/// Bounded by [Limits#maxPeerstorePeers], [Limits#maxPeerstoreBytes] and
/// [Limits#maxAddressesPerPeer]; swept every 60 s, and expired addresses are not returned in
/// between either. Safe for use by any thread.
public interface Peerstore {

  /// How long an address learnt in passing, such as from a lookup, is kept.
  Duration TEMPORARY = Duration.ofMinutes(2);

  /// How long the addresses of a peer that was connected a moment ago are kept.
  Duration RECENTLY_CONNECTED = Duration.ofMinutes(30);

  /// How long the addresses of a connected peer are kept; renewed until it disconnects.
  Duration CONNECTED = Duration.ofDays(365);

  /// Remembers addresses for `ttl`; never shortens the life of one already known.
  void addAddresses(PeerId peer, Collection<Multiaddr> addresses, Duration ttl);

  /// The addresses that have not expired, without `/p2p`.
  List<Multiaddr> addresses(PeerId peer);

  /// The peer with its unexpired addresses.
  default PeerInfo info(PeerId peer) {
    return new PeerInfo(peer, addresses(peer));
  }

  Optional<Identification> identification(PeerId peer);

  /// Whether the peer said that it serves `protocol`.
  default boolean supports(PeerId peer, String protocol) {
    return identification(peer).map(i -> i.protocols().contains(protocol)).orElse(false);
  }

  /// The peers of which something is known.
  List<PeerId> peers();

  int size();
}
