package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys are provided by region: each at its k closest servers, again once per interval.
class SweepTest {
  private static final int K = 20;
  private static final KadConfig CONFIG = TestNetwork.CONFIG.withTraces(false).withRegion(0);

  /// Who was told of which key, and how often.
  private final Map<TestNode, Map<Bytes, Integer>> told = new HashMap<>();

  private TestNetwork network(long seed, KadConfig config) {
    var net = new TestNetwork(seed, config);
    net.faults =
        (to, request) -> {
          if (request instanceof KadRequest.AddProvider add) {
            told.computeIfAbsent(to, _ -> new HashMap<>()).merge(add.key(), 1, Integer::sum);
          }
          return Fault.NONE;
        };
    return net;
  }

  private static List<Bytes> keys(int count, TestNetwork net) {
    var keys = new ArrayList<Bytes>(count);
    for (int i = 0; i < count; i++) {
      keys.add(Peers.key(net.random()));
    }
    return keys;
  }

  private static TestNode provider(TestNetwork net, TestNode way) {
    TestNode provider = net.client();
    net.run(provider, new Operation.Bootstrap(List.of(way.info())));
    return provider;
  }

  private static void provide(TestNetwork net, TestNode provider, List<Bytes> keys) {
    var started = (Outcome.ProvidingStarted) net.run(provider, new Operation.StartProviding(keys));
    assertThat(started.added()).isEqualTo(keys.size());
  }

  private static void runUntilTold(TestNetwork net, TestNode provider) {
    for (int i = 0; i < 300 && provider.engine.providing().waiting() > 0; i++) {
      net.runFor(Duration.ofSeconds(1));
    }
    assertThat(provider.engine.providing().waiting()).isZero();
  }

  private double recall(TestNetwork net, List<Bytes> keys) {
    long right = 0;
    long all = 0;
    for (Bytes key : keys) {
      List<TestNode> closest = net.closestServers(KadKey.of(key)).stream().limit(K).toList();
      all += closest.size();
      right +=
          closest.stream().filter(n -> told.getOrDefault(n, Map.of()).containsKey(key)).count();
    }
    return right / (double) all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 19, 20, 21, 30, 60})
  void inASmallNetworkEverybodyWhoShouldIsTold(int servers) {
    TestNetwork net = network(servers, CONFIG);
    List<TestNode> nodes = net.servers(servers);
    TestNode provider = provider(net, nodes.getFirst());
    List<Bytes> keys = keys(50, net);
    provide(net, provider, keys);
    runUntilTold(net, provider);
    assertThat(recall(net, keys)).isEqualTo(1);
    assertThat(provider.engine.providing().findNodes()).isLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = 1)
  void inALargerNetworkFewQuestionsAreAsked(long seed) {
    TestNetwork net = network(seed, CONFIG);
    TestNode provider = provider(net, net.servers(150).getFirst());
    List<Bytes> keys = keys(1_000, net);
    provide(net, provider, keys);
    runUntilTold(net, provider);
    SweepStats stats = provider.engine.providing();
    assertThat(recall(net, keys)).as("seed %d", seed).isEqualTo(1);
    assertThat(stats.findNodes()).isLessThan(120);
    assertThat(stats.told()).isEqualTo(1_000);
    assertThat(stats.messages()).isEqualTo(1_000 * K);
    assertThat(provider.announced).isEqualTo(1_000 * K);
    assertThat(provider.batchesSent).isLessThan(400);
  }

  /// A fifth of the servers is silent, some cannot be reached, one refuses whatever it is told.
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyKeyComesToItsClosestLiveServers(long seed) {
    TestNetwork net = network(seed, CONFIG);
    List<TestNode> nodes = net.servers(100);
    TestNode provider = provider(net, nodes.getFirst());
    for (TestNode node : nodes.subList(1, 100)) {
      node.up = net.random().nextInt(5) > 0;
    }
    List<Bytes> keys = keys(300, net);
    provide(net, provider, keys);
    runUntilTold(net, provider);
    assertThat(recall(net, keys)).as("seed %d", seed).isGreaterThan(0.999);
    assertThat(provider.engine.providing().missed()).isZero();
  }

  /// Told once by each of them in every interval, whatever happens in between.
  @ParameterizedTest
  @CsvSource({"1, 15", "2, 40"})
  void oneCycleTellsEachKeyOncePerInterval(long seed, int servers) {
    Duration interval = Duration.ofHours(4);
    TestNetwork net =
        network(
            seed,
            CONFIG.withReprovideInterval(interval).withRefreshInterval(Duration.ofHours(100)));
    TestNode provider = provider(net, net.servers(servers).getFirst());
    List<Bytes> keys = keys(100, net);
    provide(net, provider, keys);
    // The keys' turns come within the first cycle, wherever they were told before.
    net.runFor(interval.multipliedBy(2));
    for (int cycle = 0; cycle < 3; cycle++) {
      told.clear();
      net.runFor(interval);
      assertThat(recall(net, keys)).as("seed %d", seed).isEqualTo(1);
      assertThat(told.values()).allSatisfy(counts -> assertThat(counts.values()).containsOnly(1));
    }
    assertThat(provider.engine.providing().lag()).isLessThan(Duration.ofMinutes(1));
    assertThat(provider.engine.providing().lastCycle().orElseThrow())
        .isBetween(interval.minusMinutes(10), interval.plusMinutes(10));
  }

  @Test
  void theWorkOfACycleIsSpreadOverTheInterval() {
    Duration interval = Duration.ofHours(2);
    TestNetwork net =
        network(
            3,
            CONFIG
                .withK(5)
                .withReprovideInterval(interval)
                .withRefreshInterval(Duration.ofHours(100)));
    TestNode provider = provider(net, net.servers(60).getFirst());
    provide(net, provider, keys(200, net));
    net.runFor(interval.multipliedBy(2));
    int quiet = 0;
    for (int i = 0; i < 8; i++) {
      long before = provider.engine.providing().messages();
      net.runFor(interval.dividedBy(8));
      long sent = provider.engine.providing().messages() - before;
      assertThat(sent).isLessThan(200 * 5 / 2);
      quiet += sent == 0 ? 1 : 0;
    }
    assertThat(quiet).isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aRestartNeitherLosesNorRepeats(long seed) {
    Duration interval = Duration.ofHours(4);
    TestNetwork net =
        network(
            seed,
            CONFIG.withReprovideInterval(interval).withRefreshInterval(Duration.ofHours(100)));
    List<TestNode> nodes = net.servers(60);
    TestNode provider = provider(net, nodes.getFirst());
    List<Bytes> keys = keys(200, net);
    provide(net, provider, keys);
    net.runFor(interval.multipliedBy(2));
    told.clear();
    for (int i = 0; i < 4; i++) {
      net.runFor(interval.dividedBy(4).minusMinutes(1));
      net.restart(provider);
      net.run(provider, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
      net.runFor(Duration.ofMinutes(1));
    }
    assertThat(recall(net, keys)).as("seed %d", seed).isEqualTo(1);
    long all = told.values().stream().mapToLong(counts -> counts.size()).sum();
    long messages =
        told.values().stream().flatMap(c -> c.values().stream()).mapToLong(n -> n).sum();
    assertThat(messages).isBetween(all, all + all / 20);
  }

  @Test
  void whatWasMissedInALongStopIsCaughtUpAtOnce() {
    Duration interval = Duration.ofHours(4);
    TestNetwork net =
        network(
            5, CONFIG.withReprovideInterval(interval).withRefreshInterval(Duration.ofHours(100)));
    List<TestNode> nodes = net.servers(40);
    TestNode provider = provider(net, nodes.getFirst());
    List<Bytes> keys = keys(100, net);
    provide(net, provider, keys);
    net.runFor(Duration.ofHours(1));
    provider.up = false;
    net.runFor(Duration.ofHours(9));
    told.clear();
    net.restart(provider);
    net.run(provider, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
    net.runFor(Duration.ofMinutes(5));
    assertThat(recall(net, keys)).isEqualTo(1);
    assertThat(provider.engine.providing().lag()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void whenNobodyAnswersTheSweepStandsStillAndCatchesUpAfterwards() {
    Duration interval = Duration.ofHours(4);
    TestNetwork net =
        network(
            6, CONFIG.withReprovideInterval(interval).withRefreshInterval(Duration.ofHours(100)));
    List<TestNode> nodes = net.servers(40);
    TestNode provider = provider(net, nodes.getFirst());
    List<Bytes> keys = keys(100, net);
    provide(net, provider, keys);
    runUntilTold(net, provider);
    nodes.forEach(node -> node.up = false);
    net.runFor(Duration.ofHours(3));
    SweepStats cutOff = provider.engine.providing();
    assertThat(cutOff.offline()).isTrue();
    assertThat(cutOff.lag()).isGreaterThan(Duration.ofHours(1));
    assertThat(cutOff.waiting()).isZero();
    told.clear();
    nodes.forEach(node -> node.up = true);
    net.runFor(Duration.ofMinutes(10));
    SweepStats back = provider.engine.providing();
    assertThat(back.offline()).isFalse();
    assertThat(back.lag()).isLessThan(Duration.ofMinutes(1));
    net.runFor(interval);
    assertThat(recall(net, keys)).isEqualTo(1);
  }

  @Test
  void aNodeWithoutPeersWaitsForThem() {
    TestNetwork net = network(7, CONFIG);
    TestNode provider = net.client();
    List<Bytes> keys = keys(20, net);
    provide(net, provider, keys);
    net.runFor(Duration.ofHours(1));
    assertThat(provider.engine.providing().offline()).isTrue();
    assertThat(provider.requestsSent).isZero();
    List<TestNode> nodes = net.servers(10);
    net.run(provider, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
    net.runFor(Duration.ofSeconds(10));
    assertThat(recall(net, keys)).isEqualTo(1);
  }

  @Test
  void oneKeyThatAPeerRefusesKeepsNoOtherFromIt() {
    TestNetwork net = network(8, CONFIG);
    List<TestNode> nodes = net.servers(10);
    TestNode provider = provider(net, nodes.getFirst());
    List<Bytes> keys = keys(500, net);
    Bytes unwanted = keys.get(123);
    TestNode choosy = nodes.get(4);
    var record = net.faults;
    net.faults =
        (to, request) ->
            to == choosy && request.key().equals(unwanted)
                ? Fault.RESET
                : record.apply(to, request);
    provide(net, provider, keys);
    runUntilTold(net, provider);
    assertThat(provider.engine.providing().missed()).isZero();
    for (Bytes key : keys) {
      assertThat(choosy.stores().providers().get(key, net.random(), net.now().wall()))
          .hasSize(key.equals(unwanted) ? 0 : 1);
    }
  }

  @Test
  void whatNobodyTakesIsTriedAgainLater() {
    TestNetwork net = network(9, CONFIG);
    List<TestNode> nodes = net.servers(10);
    TestNode provider = provider(net, nodes.getFirst());
    List<Bytes> keys = keys(20, net);
    var record = net.faults;
    net.faults =
        (_, request) -> request instanceof KadRequest.AddProvider ? Fault.RESET : Fault.NONE;
    provide(net, provider, keys);
    net.runFor(Duration.ofMinutes(10));
    SweepStats refused = provider.engine.providing();
    assertThat(refused.offline()).isFalse();
    assertThat(refused.waiting()).isEqualTo(20);
    assertThat(refused.regions()).isBetween(2L, 10L);
    net.faults = record;
    net.runFor(Duration.ofMinutes(30));
    assertThat(recall(net, keys)).isEqualTo(1);
  }

  @Test
  void whatIsNotProvidedAnyMoreIsNotToldAgain() {
    Duration interval = Duration.ofHours(4);
    TestNetwork net = network(10, CONFIG.withReprovideInterval(interval));
    TestNode provider = provider(net, net.servers(10).getFirst());
    List<Bytes> keys = keys(20, net);
    provide(net, provider, keys);
    runUntilTold(net, provider);
    var found = (Outcome.Providers) net.run(provider, new Operation.FindProviders(keys.get(0), 1));
    assertThat(found.providers()).containsExactly(provider.info());
    var stopped =
        (Outcome.ProvidingStopped)
            net.run(provider, new Operation.StopProviding(keys.subList(0, 10)));
    assertThat(stopped.removed()).isEqualTo(10);
    told.clear();
    net.runFor(interval);
    assertThat(recall(net, keys.subList(0, 10))).isZero();
    assertThat(recall(net, keys.subList(10, 20))).isEqualTo(1);
    assertThat(provider.engine.provided(null, 100)).hasSize(10);
  }

  @Test
  void whoeverProvidesTellsItAlsoWhoAsksHim() {
    TestNetwork net = network(11, CONFIG);
    List<TestNode> nodes = net.servers(3);
    TestNode provider = nodes.get(1);
    List<Bytes> keys = keys(1, net);
    provide(net, provider, keys);
    var question = new KadRequest.GetProviders(keys.getFirst());
    var inbound = new EngineInput.Inbound(1, nodes.get(2).info(), question);
    assertThat(provider.engine.apply(inbound, net.now()))
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
}
