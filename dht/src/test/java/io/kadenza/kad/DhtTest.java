package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.PeerOutcome;
import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.Multihash;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real nodes on loopback TCP.
class DhtTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Bytes KEY = Bytes.utf8("/v/hello");
  private static final Bytes VALUE = Bytes.utf8("world");

  private final List<AutoCloseable> open = new ArrayList<>();

  private Dht node(Mode mode) {
    var host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.addFirst(host);
    var dht = Dht.builder(host).mode(mode).validators(Validators.open()).start();
    open.addFirst(dht);
    return dht;
  }

  private List<Dht> network(int size) {
    List<Dht> nodes = new ArrayList<>();
    nodes.add(node(Mode.SERVER));
    for (int i = 1; i < size; i++) {
      Dht next = node(Mode.SERVER);
      next.bootstrap(List.of(nodes.getFirst().host().info()), LIMIT);
      nodes.add(next);
    }
    return nodes;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @Test
  void aClosedDhtSaysThatItIsClosed() {
    Dht dht = node(Mode.SERVER);
    dht.close();

    assertThatThrownBy(() -> dht.closest(KEY, LIMIT))
        .isInstanceOfSatisfying(
            DhtException.class,
            closed -> assertThat(closed.reason()).isEqualTo(DhtException.Reason.CLOSED));
  }

  @Test
  void whoeverIsInterruptedIsToldSoAndStaysInterrupted() throws IOException {
    Dht dht = node(Mode.CLIENT);
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = Multiaddr.parse("/ip4/127.0.0.1/tcp/" + silent.getLocalPort());
      var seed = new PeerInfo(Identity.generate(KeyType.ED25519).peerId(), List.of(address));
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> dht.bootstrap(List.of(seed), LIMIT))
          .isInstanceOfSatisfying(
              DhtException.class,
              ended -> assertThat(ended.reason()).isEqualTo(DhtException.Reason.INTERRUPTED));

      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aClientBootstrapsFromOneServer() {
    Dht server = node(Mode.SERVER);
    Dht client = node(Mode.CLIENT);

    var joined = client.bootstrap(List.of(server.host().info()), LIMIT);

    assertThat(joined.contacted()).isEqualTo(1);
    assertThat(client.table()).extracting(PeerInfo::id).containsExactly(server.host().id());
    assertThat(server.table()).isEmpty();
  }

  @Test
  void whatItGivesToStrangersFitsIntoTheHeap() {
    Host host = node(Mode.CLIENT).host();
    var builder = Dht.builder(host).protocol("/small/kad/1.0.0").inHeapOf(128 << 20);
    try (var small = builder.start()) {
      assertThat(small.config())
          .isEqualTo(KadConfig.DEFAULT.withProtocol("/small/kad/1.0.0").fittedTo(128 << 20));
    }
  }

  @Test
  void onAClosedHostNoDhtStarts() {
    Host host = node(Mode.CLIENT).host();
    host.close();
    assertThatThrownBy(() -> Dht.builder(host).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  @Timeout(10)
  void whoAsksAClosedDhtForEventsDoesNotWaitForAny() {
    Dht node = node(Mode.CLIENT);
    node.close();

    assertThat(node.events(1)).isEmpty();
  }

  @Test
  @Timeout(10)
  void whoLeavesSomethingOutHearsOfItAtOnce() {
    Dht node = node(Mode.CLIENT);

    Stream.<ThrowingCallable>of(
            () -> node.put(null, VALUE, LIMIT),
            () -> node.put(KEY, null, LIMIT),
            () -> node.put(KEY, VALUE, null),
            () -> node.publish(KEY, null, LIMIT),
            () -> node.unpublish(null),
            () -> node.get(null, Quorum.ONE, LIMIT),
            () -> node.closest(null, LIMIT),
            () -> node.findPeer(null, LIMIT),
            () -> node.provided(null, 1),
            () -> node.heldValue(null),
            () -> node.heldValues(null, 1),
            () -> node.heldProviders(null),
            () -> Dht.builder(null),
            () -> Dht.builder(node.host()).config(null),
            () -> Dht.builder(node.host()).network(null),
            () -> Dht.builder(node.host()).mode(null),
            () -> Dht.builder(node.host()).validator("v", null),
            () -> Dht.builder(node.host()).validators(null),
            () -> Dht.builder(node.host()).directory(null),
            () -> DualDht.builder(null, Network.AMINO),
            () -> DualDht.builder(node.host(), null),
            () -> DualDht.builder(node.host(), Network.AMINO).mode(null),
            () -> DualDht.builder(node.host(), Network.AMINO).directory(null),
            () -> node.provide((Bytes) null, LIMIT),
            () -> node.findProviders((Bytes) null, 1, LIMIT))
        .forEach(call -> assertThatThrownBy(call).isInstanceOf(NullPointerException.class));
  }

  @Test
  void aValueStoredByOneIsFoundByAnother() {
    List<Dht> nodes = network(5);

    var stored = nodes.get(1).put(KEY, VALUE, LIMIT);
    var found = nodes.get(3).get(KEY, Quorum.ALL, LIMIT);

    assertThat(stored.perPeer()).allMatch(PeerOutcome::isStored);
    assertThat(stored.copies()).isEqualTo(4);
    assertThat(found)
        .isInstanceOfSatisfying(
            GetResult.Found.class, f -> assertThat(f.record().value()).isEqualTo(VALUE));
  }

  @Test
  void aNamespaceOfItsOwnHasItsOwnRules() {
    var scores =
        new Validator() {
          @Override
          public Verdict validate(Bytes key, Bytes value, Instant now) {
            return value.isEmpty() ? Verdict.invalid("an empty score") : Verdict.valid();
          }

          @Override
          public int select(Bytes key, List<Bytes> values) {
            return 0;
          }
        };
    Host host = Host.builder(Identity.generate(KeyType.ED25519)).start();
    open.addFirst(host);
    Dht node = Dht.builder(host).validator("scores", scores).start();
    open.addFirst(node);
    Bytes score = Bytes.utf8("/scores/1");

    assertThat(node.put(score, Bytes.utf8("7"), LIMIT).local()).isEqualTo(StoreVerdict.STORED);
    var refused = node.put(score, Bytes.EMPTY, LIMIT);
    assertThat(refused.local()).isEqualTo(StoreVerdict.INVALID);
    assertThat(refused.why()).contains("an empty score");
    assertThat(node.put(KEY, VALUE, LIMIT).local()).isEqualTo(StoreVerdict.INVALID);
  }

  @Test
  void aValueThatNobodyHasIsNotFound() {
    List<Dht> nodes = network(3);

    var result = nodes.get(1).get(Bytes.utf8("/v/nothing"), Quorum.ONE, LIMIT);

    assertThat(result)
        .isInstanceOfSatisfying(GetResult.NotFound.class, n -> assertThat(n.closest()).hasSize(2));
  }

  @Test
  void aProviderIsFoundWithItsAddresses() {
    List<Dht> nodes = network(5);
    Bytes content = Multihash.sha256("content".getBytes(StandardCharsets.UTF_8)).bytes();
    nodes.get(2).provide(content, LIMIT);

    try (var search = nodes.get(4).findProviders(content, 1, LIMIT)) {
      var provider = search.iterator().next();
      assertThat(provider)
          .isEqualTo(new PeerInfo(nodes.get(2).host().id(), nodes.get(2).host().addresses()));
    }
  }

  @Test
  void aPeerIsFoundThroughOthers() {
    List<Dht> nodes = network(5);

    var found = nodes.get(4).findPeer(nodes.get(1).host().id(), LIMIT);

    assertThat(found.peer()).isPresent();
    assertThat(found.peer().orElseThrow().addresses()).isEqualTo(nodes.get(1).host().addresses());
  }

  @Test
  void closestNamesEveryServerOfASmallNetwork() {
    List<Dht> nodes = network(4);

    var closest = nodes.get(3).closest(KEY, LIMIT);

    assertThat(closest.peers())
        .extracting(PeerInfo::id)
        .containsExactlyInAnyOrder(
            nodes.get(0).host().id(), nodes.get(1).host().id(), nodes.get(2).host().id());
  }

  @Test
  void aLoneNodeStoresForItselfAndSaysSo() {
    Dht alone = node(Mode.SERVER);

    var stored = alone.put(KEY, VALUE, LIMIT);

    assertThat(stored.copies()).isZero();
    assertThat(alone.get(KEY, Quorum.ONE, LIMIT)).isInstanceOf(GetResult.Found.class);
    assertThat(alone.values()).isEqualTo(1);
  }

  @Test
  void rule16AServerThatTurnsClientLeavesTheTables() throws Exception {
    List<Dht> nodes = network(2);
    var removed = new CountDownLatch(1);
    try (var events = nodes.get(1).events(100)) {
      Thread.startVirtualThread(() -> {
        for (EngineEvent event : events) {
          if (event instanceof EngineEvent.PeerRemoved) {
            removed.countDown();
          }
        }
      });

      nodes.get(0).mode(Mode.CLIENT);

      assertThat(removed.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(nodes.get(0).host().protocols()).doesNotContain(KadConfig.AMINO);
  }

  @Test
  void anUnreachableSeedIsNoObstacle() throws Exception {
    List<Dht> nodes = network(2);
    Dht gone = node(Mode.SERVER);
    var dead = gone.host().info();
    gone.close();
    gone.host().close();
    Dht late = node(Mode.SERVER);

    var joined = late.bootstrap(List.of(dead, nodes.get(0).host().info()), LIMIT);

    assertThat(joined.contacted()).isEqualTo(2);
  }

  @Test
  void aServerWithADirectoryGoesOnWhereItStopped(@TempDir Path directory) throws Exception {
    Dht client = node(Mode.CLIENT);
    Dht first = kept(directory);
    client.bootstrap(List.of(first.host().info()), LIMIT);
    assertThat(client.put(KEY, VALUE, LIMIT).copies()).isEqualTo(1);
    client.provide(Bytes.utf8("content"), LIMIT);
    assertThat(first.health().isWell()).isTrue();
    first.close();
    first.host().close();

    Dht second = kept(directory);
    Dht reader = node(Mode.CLIENT);
    reader.bootstrap(List.of(second.host().info()), LIMIT);

    assertThat(reader.get(KEY, Quorum.ALL, LIMIT))
        .isInstanceOfSatisfying(
            GetResult.Found.class, found -> assertThat(found.record().value()).isEqualTo(VALUE));
    try (var found = reader.findProviders(Bytes.utf8("content"), 1, LIMIT)) {
      assertThat(found).extracting(PeerInfo::id).containsExactly(client.host().id());
    }
  }

  @Test
  void aRestartedNodeFindsTheNetworkAndProvidesWhatItDid(@TempDir Path directory) {
    List<Dht> others = network(3);
    Dht first = kept(directory);
    first.bootstrap(List.of(others.getFirst().host().info()), LIMIT);
    assertThat(first.startProviding(List.of(Bytes.utf8("content"))).added()).isEqualTo(1);
    assertThat(first.publish(KEY, VALUE, LIMIT).copies()).isEqualTo(3);
    first.close();
    first.host().close();

    Dht second = kept(directory);

    assertThat(second.published()).extracting(OwnValue::value).containsExactly(VALUE);
    assertThat(second.published().getFirst().stored()).isPresent();
    assertThat(second.provided(Optional.empty(), 10))
        .extracting(Keystore.Entry::key)
        .containsExactly(Bytes.utf8("content"));
    // Nobody tells it of anybody: it knows the others from its first life.
    var found = second.closest(Bytes.utf8("anything"), LIMIT);
    assertThat(found.peers()).hasSize(3);
  }

  @Test
  void t46ADirectoryServesOneDht(@TempDir Path directory) {
    kept(directory);
    var host = Host.builder(Identity.generate(KeyType.ED25519)).start();
    open.addFirst(host);
    assertThatThrownBy(() -> Dht.builder(host).directory(directory).start())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another node uses");
  }

  private Dht kept(Path directory) {
    var host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.addFirst(host);
    var dht =
        Dht.builder(host)
            .mode(Mode.SERVER)
            .validators(Validators.open())
            .directory(directory)
            .start();
    open.addFirst(dht);
    return dht;
  }
}
