package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimisticProvideTest {
  private static final int K = 20;
  private static final KadConfig CONFIG = TestNetwork.CONFIG.withTraces(false).withRegion(0);

  private static TestNode provider(TestNetwork net, List<TestNode> nodes) {
    TestNode provider = net.client();
    net.run(provider, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
    while (provider.engine.neighbourhood().networkSize().isEmpty()) {
      net.run(provider, new Operation.FindClosest(Peers.key(net.random())));
    }
    return provider;
  }

  private static long held(TestNetwork net, Bytes key) {
    return held(net, key, K);
  }

  /// How many of so many that are closest to a key have the record.
  private static long held(TestNetwork net, Bytes key, int closest) {
    return net.closestServers(KadKey.of(key)).stream()
        .limit(closest)
        .filter(
            node -> !node.stores().providers().get(key, net.random(), net.now().wall()).isEmpty())
        .count();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void itEndsSoonerAndTellsNearlyAllOfTheClosest(long seed) {
    var net = new TestNetwork(seed, CONFIG);
    List<TestNode> nodes = net.servers(100);
    TestNode provider = provider(net, nodes);
    nodes.subList(1, 100).forEach(node -> node.up = net.random().nextInt(10) > 0);
    Duration patient = Duration.ZERO;
    Duration hasty = Duration.ZERO;
    long right = 0;
    long rightPatiently = 0;
    for (int i = 0; i < 20; i++) {
      var before = net.now();
      Bytes first = Peers.key(net.random());
      net.run(provider, new Operation.Provide(first));
      rightPatiently += held(net, first);
      patient = patient.plus(Duration.between(before.wall(), net.now().wall()));
      Bytes key = Peers.key(net.random());
      before = net.now();
      net.run(provider, new Operation.Provide(key, true));
      hasty = hasty.plus(Duration.between(before.wall(), net.now().wall()));
      net.runFor(Duration.ofSeconds(15));
      right += held(net, key);
    }
    assertThat(hasty).as("seed %d", seed).isLessThan(patient);
    assertThat(rightPatiently).as("seed %d", seed).isGreaterThan(20 * K * 98 / 100);
    assertThat(right).as("seed %d", seed).isGreaterThan(20 * K * 85 / 100);
  }

  @Test
  void theOutcomeSaysWhatIsStillUnderWay() {
    var net = new TestNetwork(3, CONFIG);
    List<TestNode> nodes = net.servers(60);
    TestNode provider = provider(net, nodes);
    Bytes key = Peers.key(net.random());
    net.closestServers(KadKey.of(key)).stream().skip(1).limit(4).forEach(node -> node.up = false);
    var provided = net.run(provider, new Operation.Provide(key, true));
    assertThat(provided.copies()).isBetween(10, K);
    assertThat(provided.underWay()).isPositive();
    assertThat(provider.engine.operations()).isZero();
    assertThat(provider.engine.inFlight()).isEqualTo(provided.underWay());
    net.runFor(Duration.ofSeconds(30));
    assertThat(provider.engine.inFlight()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 5, 6, 7})
  void settlingWaitsAlsoForWhoTakesAnothersPlaceInTheBackground(long seed) {
    var net = new TestNetwork(seed, CONFIG);
    List<TestNode> nodes = net.servers(60);
    TestNode provider = provider(net, nodes);
    Bytes key = Peers.key(net.random());
    net.closestServers(KadKey.of(key)).get(1).up = false;
    net.run(provider, new Operation.Provide(key, true));

    net.run(provider, new Operation.Settle());
    long settled = held(net, key, nodes.size());
    net.runFor(Duration.ofSeconds(30));

    assertThat(held(net, key, nodes.size())).isEqualTo(settled);
  }

  @Test
  void settlingWaitsAlsoForWhatACancelledOneHasBegun() {
    // Whoever remembers nobody takes some steps, and can be stopped between them.
    var net = new TestNetwork(3, CONFIG.withContactCache(0));
    TestNode provider = provider(net, net.servers(150));
    var told = new HashSet<PeerId>();
    net.faults =
        (to, request) -> {
          boolean tells = request instanceof KadRequest.AddProvider && told.add(to.id());
          return tells ? Fault.SILENT : Fault.NONE;
        };
    var reasons = new HashSet<Termination>();
    for (int i = 0; i < 10; i++) {
      var operation = new Operation.Provide(Peers.key(net.random()), true);
      long id = net.start(provider, operation, Duration.ofMinutes(1));
      told.clear();
      while (told.isEmpty()) {
        net.runFor(Duration.ofMillis(1));
      }
      net.apply(provider, new EngineInput.Cancel(id));
      reasons.add(provider.outcomes.get(id).stats().reason());
    }
    assertThat(reasons).contains(Termination.CANCELLED);
    assertThat(net.run(provider, new Operation.Settle()).left()).isZero();
    assertThat(provider.engine.inFlight()).isZero();
  }

  @Test
  void withoutAnIdeaOfTheNetworksSizeItIsAnOrdinaryProvide() {
    var net = new TestNetwork(4, CONFIG);
    List<TestNode> nodes = net.servers(5);
    TestNode provider = net.client();
    net.run(provider, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
    assertThat(provider.engine.neighbourhood().networkSize()).isEmpty();
    var provided = net.run(provider, new Operation.Provide(Peers.key(net.random()), true));
    assertThat(provided.copies()).isEqualTo(5);
    assertThat(provided.underWay()).isZero();
  }
}
