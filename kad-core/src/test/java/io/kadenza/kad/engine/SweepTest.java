package io.kadenza.kad.engine;

import static io.kadenza.kad.engine.ProvidingNetwork.CONFIG;
import static io.kadenza.kad.engine.ProvidingNetwork.K;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys are provided by region, each at its k closest servers.
class SweepTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 19, 20, 21, 30, 60})
  void inASmallNetworkEverybodyWhoShouldIsTold(int servers) {
    var network = new ProvidingNetwork(servers, CONFIG, servers);

    List<Bytes> keys = network.provide(50);
    network.runUntilTold();

    assertThat(network.recall(keys)).isEqualTo(1);
    assertThat(network.stats().findNodes()).isLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = 1)
  void inALargerNetworkFewQuestionsAreAsked(long seed) {
    var network = new ProvidingNetwork(seed, CONFIG, 150);

    List<Bytes> keys = network.provide(1_000);
    network.runUntilTold();

    SweepStats stats = network.stats();
    assertThat(network.recall(keys)).as("seed %d", seed).isEqualTo(1);
    assertThat(stats.findNodes()).isLessThan(120);
    assertThat(stats.told()).isEqualTo(1_000);
    assertThat(stats.messages()).isEqualTo(1_000 * K);
    assertThat(network.provider.announced).isEqualTo(1_000 * K);
    assertThat(network.provider.batchesSent).isLessThan(400);
  }

  /// A fifth of the servers does not answer.
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyKeyComesToItsClosestLiveServers(long seed) {
    var network = new ProvidingNetwork(seed, CONFIG, 100);
    for (TestNode node : network.nodes.subList(1, 100)) {
      node.up = network.net.random().nextInt(5) > 0;
    }

    List<Bytes> keys = network.provide(300);
    network.runUntilTold();

    assertThat(network.recall(keys)).as("seed %d", seed).isGreaterThan(0.999);
    assertThat(network.stats().missed()).isZero();
  }

  @Test
  void aNodeWithoutPeersWaitsForThem() {
    var network = new ProvidingNetwork(7, CONFIG, 0);
    List<Bytes> keys = network.provide(20);
    network.net.runFor(Duration.ofHours(1));
    assertThat(network.stats().offline()).isTrue();
    assertThat(network.provider.requestsSent).isZero();

    TestNode first = network.net.servers(10).getFirst();
    network.net.run(network.provider, new Operation.Bootstrap(List.of(first.info())));
    network.net.runFor(Duration.ofSeconds(10));

    assertThat(network.recall(keys)).isEqualTo(1);
  }

  @Test
  void oneKeyThatAPeerRefusesKeepsNoOtherFromIt() {
    var network = new ProvidingNetwork(8, CONFIG, 10);
    TestNode choosy = network.nodes.get(4);
    List<Bytes> keys = network.provide(500);
    Bytes unwanted = keys.get(123);
    network.net.faults =
        (to, request) ->
            to == choosy && request.key().equals(unwanted)
                ? Fault.RESET
                : network.note(to, request);
    network.runUntilTold();

    assertThat(network.stats().missed()).isZero();
    for (Bytes key : keys) {
      assertThat(
              choosy.stores().providers().get(key, network.net.random(), network.net.now().wall()))
          .hasSize(key.equals(unwanted) ? 0 : 1);
    }
  }

  @Test
  void whatNobodyTakesIsTriedAgainLater() {
    var network = new ProvidingNetwork(9, CONFIG, 10);
    network.net.faults =
        (_, request) -> request instanceof KadRequest.AddProvider ? Fault.RESET : Fault.NONE;
    List<Bytes> keys = network.provide(20);
    network.net.runFor(Duration.ofMinutes(10));
    SweepStats refused = network.stats();
    assertThat(refused.offline()).isFalse();
    assertThat(refused.waiting()).isEqualTo(20);
    assertThat(refused.regions()).isBetween(2L, 10L);

    network.net.faults = network::note;
    network.net.runFor(Duration.ofMinutes(30));

    assertThat(network.recall(keys)).isEqualTo(1);
  }

  @Test
  void newKeysDoNotWaitForThoseThatNobodyTakes() {
    var network = new ProvidingNetwork(10, CONFIG, 10);
    Set<Bytes> unwanted = new HashSet<>();
    network.net.faults =
        (to, request) -> unwanted.contains(request.key()) ? Fault.RESET : network.note(to, request);
    unwanted.addAll(network.provide(20));
    network.net.runFor(Duration.ofMinutes(40));
    assertThat(network.stats().waiting()).isEqualTo(20);

    List<Bytes> late = network.provide(20);
    network.net.runFor(Duration.ofSeconds(10));

    assertThat(network.recall(late)).isEqualTo(1);
  }

  @Test
  void whoeverProvidesTellsItAlsoWhoAsksHim() {
    var network = new ProvidingNetwork(11, CONFIG, 3);
    TestNode provider = network.nodes.get(1);
    TestNode asker = network.nodes.get(2);
    Bytes key = Bytes.utf8("a key");
    network.net.run(provider, new Operation.StartProviding(List.of(key)));

    var question = new KadRequest.GetProviders(key);
    var inbound = new EngineInput.Inbound(1, asker.info(), question);

    assertThat(provider.engine.apply(inbound, network.net.now()))
        .anySatisfy(effect ->
            assertThat(effect)
                .isInstanceOfSatisfying(
                    EngineEffect.Reply.class,
                    reply ->
                        assertThat(reply.response())
                            .isInstanceOfSatisfying(
                                KadResponse.Providers.class,
                                it ->
                                    assertThat(it.providers()).containsExactly(provider.info()))));
  }

  /// Three servers next to a key name twenty peers each that lie closer and say nothing.
  @Test
  void aRegionInWhichPeersLieDoesNotKeepTheOthersWaiting() {
    var network = new ProvidingNetwork(3, CONFIG, 200);
    Bytes target = Peers.key(network.net.random());
    KadKey point = KadKey.of(target);
    Set<TestNode> silent = new HashSet<>();
    for (TestNode liar : network.net.closestServers(point).subList(0, 3)) {
      List<Contact> named = new ArrayList<>();
      while (named.size() < K) {
        PeerId id = Peers.id(network.net.random());
        if (KadKey.of(id).commonPrefixLength(point) >= 9) {
          TestNode one = network.net.server(id);
          silent.add(one);
          named.add(one.contact);
        }
      }
      network.net.restart(liar);
      network.net.apply(liar, new EngineInput.Converge(named, List.of()));
    }
    network.net.faults =
        (to, request) -> silent.contains(to) ? Fault.SILENT : network.note(to, request);
    network.net.run(network.provider, new Operation.StartProviding(List.of(target)));
    List<Bytes> others = network.provide(20);

    network.net.runFor(Duration.ofMinutes(6));

    silent.forEach(one -> one.up = false);
    assertThat(network.recall(others)).isGreaterThan(0.99);
    assertThat(network.stats().waiting()).isLessThan(2);
  }

  /// They answer questions, and take six minutes each to let an announcement fail.
  @Test
  void theTimeThatAnnouncementsTakeIsNotThatForWhichARegionIsLookedFor() {
    var patient = CONFIG.withLookup(CONFIG.lookup().withPatience(Duration.ofMinutes(6)));
    var network = new ProvidingNetwork(4, patient, 200);
    Bytes target = Peers.key(network.net.random());
    List<TestNode> silent = network.net.closestServers(KadKey.of(target)).subList(0, 60);
    network.net.faults =
        (to, request) ->
            request instanceof KadRequest.AddProvider && silent.contains(to)
                ? Fault.SILENT
                : network.note(to, request);
    network.net.run(network.provider, new Operation.StartProviding(List.of(target)));

    network.net.runFor(Duration.ofMinutes(40));

    silent.forEach(one -> one.up = false);
    assertThat(network.recall(List.of(target))).isGreaterThan(0.99);
    assertThat(network.stats().waiting()).isZero();
  }
}
