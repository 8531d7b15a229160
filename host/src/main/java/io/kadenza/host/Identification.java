package io.kadenza.host;

import io.kadenza.multiformats.Multiaddr;
import java.util.List;
import java.util.Optional;

/// What a peer says of itself by the identify protocol. Everything here is a claim, apart from
/// addresses that came in a signed peer record.
///
/// @param agent such as `kadenza/0.1.0`, at most 256 characters; escape before printing
/// @param protocolVersion such as `ipfs/0.1.0`, bounded likewise
/// @param protocols the protocols it serves, at most 1,024
/// @param addresses where it says that it listens, without `/p2p`
/// @param certified whether the addresses come from a peer record with a valid signature
/// @param observed our own address as the peer saw it
public record Identification(
    String agent,
    String protocolVersion,
    List<String> protocols,
    List<Multiaddr> addresses,
    boolean certified,
    Optional<Multiaddr> observed) {

  public Identification {
    protocols = List.copyOf(protocols);
    addresses = List.copyOf(addresses);
  }
}
