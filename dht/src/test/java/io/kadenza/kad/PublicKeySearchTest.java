package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Public keys of peers whose ids are only hashes of them, on loopback TCP.
class PublicKeySearchTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<AutoCloseable> open = new ArrayList<>();

  private Dht node(KeyType type) {
    var host = Host.builder(Identity.generate(type)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.addFirst(host);
    var dht = Dht.builder(host).start();
    open.addFirst(dht);
    return dht;
  }

  private Dht joined(KeyType type, Dht network) {
    Dht dht = node(type);
    dht.bootstrap(List.of(network.host().info()), LIMIT);
    return dht;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @Test
  void aKeyThatIsInTheIdNeedsNobody() {
    Identity peer = Identity.generate(KeyType.SECP256K1);
    assertThat(node(KeyType.ED25519).publicKey(peer.peerId(), LIMIT)).contains(peer.publicKey());
  }

  @Test
  void aNodeKnowsItsOwnKey() {
    Dht node = node(KeyType.ECDSA);
    assertThat(node.publicKey(node.host().id(), LIMIT))
        .contains(node.host().identity().publicKey());
  }

  @Test
  void aPeerProvesItsKeyInTheHandshake() {
    Dht peer = node(KeyType.ECDSA);
    Dht connected = joined(KeyType.ED25519, peer);
    assertThat(connected.publicKey(peer.host().id(), LIMIT))
        .contains(peer.host().identity().publicKey());
  }

  @Test
  void aPeerThatIsFoundIsAsked() {
    Dht middle = node(KeyType.ED25519);
    Dht peer = joined(KeyType.ECDSA, middle);
    Dht asker = joined(KeyType.ED25519, middle);
    assertThat(asker.publicKey(peer.host().id(), LIMIT))
        .contains(peer.host().identity().publicKey());
  }

  @Test
  void ofAPeerThatIsAwayThereIsTheRecord() {
    Identity away = Identity.generate(KeyType.ECDSA);
    Dht middle = node(KeyType.ED25519);
    Dht writer = joined(KeyType.ED25519, middle);
    Dht asker = joined(KeyType.ED25519, middle);
    writer.put(
        Bytes.utf8("/pk/").concat(away.peerId().bytes()), away.publicKey().protobuf(), LIMIT);
    assertThat(asker.publicKey(away.peerId(), LIMIT)).contains(away.publicKey());
  }

  @Test
  void ofAPeerThatNobodyKnowsThereIsNone() {
    Dht asker = joined(KeyType.ED25519, node(KeyType.ED25519));
    assertThat(asker.publicKey(Identity.generate(KeyType.ECDSA).peerId(), LIMIT)).isEmpty();
  }
}
