package io.kadenza.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PeerRecord;
import io.kadenza.crypto.PrivateKey;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.crypto.primitive.Sha256;
import io.kadenza.host.internal.identify.Identify;
import io.kadenza.host.internal.identify.IdentifyMessage;
import io.kadenza.host.internal.net.Protocols;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.List;
import java.util.Optional;

/// One of the many peers that the generator plays. All that its keys have to sign is signed when it
/// is made, so that nothing of it is done while the race is on.
final class LoadPeer {
  private static final Multiaddr LOOPBACK = Multiaddr.parse("/ip4/127.0.0.1");
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 40_000;
  private static final int ED25519 = 1;

  private final NoiseIdentity noise;
  private final PeerInfo info;
  private final byte[] identify;

  private LoadPeer(Identity identity, Multiaddr address, List<String> protocols) {
    this.noise = NoiseIdentity.create(identity, CryptoSuite.best());
    this.info = new PeerInfo(identity.peerId(), List.of(address));
    byte[] envelope =
        new PeerRecord(identity.peerId(), 1, info.addresses()).seal(identity).protobuf().toArray();
    this.identify =
        IdentifyMessage.encode(
            identity.publicKey().protobuf().toArray(),
            info.addresses(),
            protocols,
            LOOPBACK,
            "kadenza-bench",
            envelope);
  }

  /// A client of the DHT that nobody has met before.
  static LoadPeer fresh() {
    return new LoadPeer(Identity.generate(KeyType.ED25519), address(0), List.of(Identify.PROTOCOL));
  }

  /// One of the servers that fill the table: the same as go's `kadserver` offers itself.
  static LoadPeer synthetic(int number) {
    byte[] seed = Sha256.digest(("synthetic peer " + number).getBytes(UTF_8));
    byte[] publicKey = CryptoSuite.best().ed25519().signer(seed).publicKey();
    byte[] pair = new byte[seed.length + publicKey.length];
    System.arraycopy(seed, 0, pair, 0, seed.length);
    System.arraycopy(publicKey, 0, pair, seed.length, publicKey.length);
    byte[] protobuf =
        new ProtoWriter(80).varint(1, ED25519).bytes(2, Bytes.wrap(pair)).toByteArray();
    return new LoadPeer(
        Identity.of(PrivateKey.fromProtobuf(protobuf)),
        address(number),
        List.of(Identify.PROTOCOL, KadConfig.AMINO));
  }

  private static Multiaddr address(int number) {
    return Multiaddr.parse("/ip4/127.0.0.1/tcp/" + (FIRST_PORT + number % PORTS));
  }

  NoiseIdentity noise() {
    return noise;
  }

  PeerInfo info() {
    return info;
  }

  /// What this peer says of itself.
  byte[] identify() {
    return identify;
  }

  /// What this peer serves: it tells who it is.
  Protocols protocols() {
    var protocols = new Protocols();
    protocols.add(
        Identify.PROTOCOL,
        new Identify(_ -> identify, _ -> Optional.empty(), (_, _) -> {}, (_, _) -> {})::answer);
    return protocols;
  }
}
