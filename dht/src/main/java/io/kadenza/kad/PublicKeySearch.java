package io.kadenza.kad;

import io.kadenza.crypto.PublicKey;
import io.kadenza.host.Connection;
import io.kadenza.host.Host;
import io.kadenza.host.HostException;
import io.kadenza.kad.record.PublicKeyValidator;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.Optional;

/// Finds the public key of a peer whose id is only a hash of it.
///
/// A handshake proves the key, so talking to the peer is the surest way. Only when nobody knows
/// where it is, the record `/pk/ID` is looked for, and last its address.
final class PublicKeySearch {
  private final Host host;
  private final Dht dht;
  private final PeerId peer;
  private final Deadline deadline;

  PublicKeySearch(Dht dht, PeerId peer, Duration limit) {
    this.host = dht.host();
    this.dht = dht;
    this.peer = peer;
    this.deadline = Deadline.after(limit);
  }

  Optional<PublicKey> run() {
    Optional<PublicKey> inlined = PublicKey.in(peer);
    return inlined.isPresent()
        ? inlined
        : fromHandshake(host.peerstore().info(peer))
            .or(this::fromRecord)
            .or(this::fromWhereverItIs);
  }

  /// The key of an open connection or, where an address is known, of a new one.
  private Optional<PublicKey> fromHandshake(PeerInfo at) {
    if (peer.equals(host.id())) {
      return Optional.of(host.identity().publicKey());
    }
    if (at.addresses().isEmpty() && !host.isConnected(peer)) {
      return Optional.empty();
    }
    try {
      // Whoever does not answer must not take the time that the others need.
      Connection connection = host.connect(at, deadline.left().dividedBy(3));
      return Optional.of(connection.peerKey());
    } catch (HostException unreachable) {
      return Optional.empty();
    }
  }

  /// "Once the public key is retrieved, it MUST be verified": the validator of `/pk/` has done
  /// that.
  private Optional<PublicKey> fromRecord() {
    Bytes key = PublicKeyValidator.keyOf(peer);
    return switch (dht.get(key, Quorum.ONE, deadline.left().dividedBy(2))) {
      case GetResult.Found found -> Optional.of(PublicKey.fromProtobuf(found.record().value()));
      case GetResult.NotFound _ -> Optional.empty();
    };
  }

  private Optional<PublicKey> fromWhereverItIs() {
    return dht.findPeer(peer, deadline.left()).peer().flatMap(this::fromHandshake);
  }
}
