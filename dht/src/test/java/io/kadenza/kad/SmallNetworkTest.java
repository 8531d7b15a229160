package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.HostEvent;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.PeerOutcome;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multihash;
import io.kadenza.multiformats.PeerInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks of far fewer nodes than k, on loopback, with the settings of a large one.
class SmallNetworkTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Bytes KEY = Bytes.utf8("/v/hello");
  private static final Bytes VALUE = Bytes.utf8("world");
  private static final Bytes CONTENT =
      Multihash.sha256("content".getBytes(StandardCharsets.UTF_8)).bytes();

  private final List<AutoCloseable> open = new ArrayList<>();

  private Dht node(Network network, Mode mode) {
    var host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.addFirst(host);
    var dht = Dht.builder(host).network(network).mode(mode).start();
    open.addFirst(dht);
    return dht;
  }

  private Dht server() {
    return node(Network.LOCAL, Mode.SERVER);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10})
  void everythingWorksWithFewerNodesThanK(int size) {
    List<Dht> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Dht next = server();
      if (i > 0) {
        var joined = next.bootstrap(List.of(nodes.getFirst().host().info()), LIMIT);
        assertThat(joined.contacted()).isEqualTo(i);
      }
      nodes.add(next);
    }
    Dht first = nodes.getFirst();
    Dht last = nodes.getLast();

    var stored = last.put(KEY, VALUE, LIMIT);
    var provided = last.provide(CONTENT, LIMIT);
    var found = first.get(KEY, Quorum.ALL, LIMIT);
    var peer = first.findPeer(last.host().id(), LIMIT);
    List<PeerInfo> providers;
    try (var search = first.findProviders(CONTENT, 0, LIMIT)) {
      providers = search.await().providers();
    }

    assertThat(stored.copies()).isEqualTo(size - 1);
    assertThat(stored.perPeer()).allMatch(PeerOutcome::isStored);
    assertThat(provided.copies()).isEqualTo(size - 1);
    assertThat(found)
        .isInstanceOfSatisfying(
            GetResult.Found.class, f -> assertThat(f.record().value()).isEqualTo(VALUE));
    assertThat(providers).extracting(PeerInfo::id).containsExactly(last.host().id());
    assertThat(peer.peer()).contains(last.host().info());
    assertThat(last.isolation()).isEmpty();
  }

  @Test
  void aLoneNodeTellsTheTruth() {
    Dht alone = server();

    var stored = alone.put(KEY, VALUE, LIMIT);
    var provided = alone.provide(CONTENT, LIMIT);

    assertThat(stored.local().isStored()).isTrue();
    assertThat(stored.copies()).isZero();
    assertThat(stored.stats().reason()).isEqualTo(Termination.NO_PEERS);
    assertThat(provided.copies()).isZero();
    assertThat(provided.stats().reason()).isEqualTo(Termination.NO_PEERS);
    assertThat(alone.isolation()).contains(new Isolation.Unconnected());
  }

  /// Has `asker` bootstrap by `other`, once it knows what that one is.
  private Isolation isolationBy(Dht asker, Dht other) throws InterruptedException {
    var identified = new CountDownLatch(1);
    open.addFirst(
        asker
            .host()
            .observe(e -> {
              if (e instanceof HostEvent.Identified) {
                identified.countDown();
              }
            }));
    asker.host().connect(other.host().info(), LIMIT);
    assertThat(identified.await(20, TimeUnit.SECONDS)).isTrue();
    asker.bootstrap(List.of(other.host().info()), LIMIT);
    return asker.isolation().orElseThrow();
  }

  @Test
  void bootstrapPeersThatAreClientsAreNamedAsSuch() throws Exception {
    Dht client = node(Network.LOCAL, Mode.CLIENT);

    assertThat(isolationBy(server(), client)).isEqualTo(new Isolation.ClientsOnly(1));
  }

  @Test
  void bootstrapPeersOfAnotherNetworkAreNamedAsSuch() throws Exception {
    Dht other = node(Network.of("/my-app"), Mode.SERVER);

    assertThat(isolationBy(server(), other))
        .isEqualTo(new Isolation.OtherNetwork(Set.of("/my-app/kad/1.0.0")));
  }

  @Test
  void serversAtAddressesThatTheNetworkDoesNotTakeAreNamedAsSuch() throws Exception {
    Dht local = server();

    assertThat(isolationBy(node(Network.AMINO, Mode.CLIENT), local))
        .isEqualTo(new Isolation.AddressesRefused(List.of(local.host().id())));
  }

  @Test
  void whoHasLostItsPeersIsUnconnected() {
    Dht gone = server();
    PeerInfo dead = gone.host().info();
    gone.close();
    gone.host().close();
    Dht late = server();

    var joined = late.bootstrap(List.of(dead), LIMIT);

    assertThat(joined.contacted()).isZero();
    assertThat(late.isolation()).contains(new Isolation.Unconnected());
  }
}
