package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operations of every kind that are cancelled or run out of time at a random moment, in networks
/// of one node and more, with numbers of peers at the ends of what is allowed: each ends at once
/// and once, asks nobody any more, and leaves nothing behind.
class EndedOperationTest {
  private static final int OPERATIONS = 25;
  private static final int[] SIZES = {1, 2, 3, 12, 30};
  private static final int[] NUMBERS = {1, 2, 3, 20, 40, 100};

  /// What the node under test has asked, by the number of the request.
  private final Map<Long, KadRequest> asked = new HashMap<>();

  private SplittableRandom dice = new SplittableRandom();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void nothingIsLeftOfIt(long seed) {
    dice = new SplittableRandom(seed);
    var config =
        TestNetwork.CONFIG
            .withTraces(false)
            .withLookup(lookup())
            .withRegion(dice.nextBoolean() ? 0 : 1.5)
            .withContactCache(dice.nextBoolean() ? 0 : 1_000)
            .withRefreshInterval(Duration.ofDays(365));
    var net = new TestNetwork(seed, config);
    List<TestNode> nodes = net.servers(SIZES[dice.nextInt(SIZES.length)]);
    TestNode node = nodes.get(dice.nextInt(nodes.size()));
    learnTheSize(net, node);
    var keys = Stream.generate(() -> Peers.key(net.random())).limit(3).toList();
    node.whenAsking = ask -> asked.put(ask.rpcId(), ask.request());
    for (int i = 0; i < OPERATIONS; i++) {
      List<Bytes> faulty =
          nodes.stream().map(one -> one.id().bytes()).filter(_ -> oneOf(4)).toList();
      Fault fault = Fault.values()[dice.nextInt(Fault.values().length)];
      net.faults = (to, _) -> faulty.contains(to.id().bytes()) ? fault : Fault.NONE;
      Operation<?> operation = operation(net, nodes, keys);
      String which = "seed %d, %s".formatted(seed, operation);
      if (dice.nextBoolean()) {
        cancel(net, node, operation, which);
      } else {
        timeOut(net, node, operation, which);
      }
      net.faults = (_, _) -> Fault.NONE;
      net.runFor(Duration.ofMinutes(3));
      assertThat(node.engine.inFlight()).as(which).isZero();
      assertThat(node.asked).as(which).isEmpty();
      var settled = net.run(node, new Operation.Settle());
      assertThat(settled.left()).as(which).isZero();
    }
  }

  private boolean oneOf(int many) {
    return dice.nextInt(many) == 0;
  }

  private LookupConfig lookup() {
    return LookupConfig.DEFAULT
        .withK(NUMBERS[dice.nextInt(NUMBERS.length)])
        .withAlpha(NUMBERS[dice.nextInt(NUMBERS.length)])
        .withBeta(NUMBERS[dice.nextInt(NUMBERS.length)])
        .withPaths(1 + dice.nextInt(4))
        .withHedged(dice.nextBoolean())
        .withEager(dice.nextBoolean());
  }

  /// Optimistic provides and regions need it.
  private static void learnTheSize(TestNetwork net, TestNode node) {
    for (int i = 0; i < 20; i++) {
      net.run(node, new Operation.FindClosest(Peers.key(net.random())));
    }
    net.runFor(Duration.ofMinutes(1));
  }

  private Operation<?> operation(TestNetwork net, List<TestNode> nodes, List<Bytes> keys) {
    Bytes key = keys.get(dice.nextInt(keys.size()));
    return switch (dice.nextInt(9)) {
      case 0 -> new Operation.FindClosest(key);
      case 1 -> new Operation.FindPeer(nodes.get(dice.nextInt(nodes.size())).id());
      case 2 -> new Operation.GetValue(key, dice.nextInt(3) * 50);
      case 3 -> new Operation.PutValue(key, Peers.key(net.random()));
      case 4 -> new Operation.Provide(key);
      case 5 -> new Operation.Provide(key, true);
      case 6 -> new Operation.FindProviders(key, dice.nextInt(3));
      case 7 -> new Operation.Bootstrap(List.of(nodes.getFirst().info(), Peers.info(net.random())));
      default -> new Operation.Refresh();
    };
  }

  private void cancel(TestNetwork net, TestNode node, Operation<?> operation, String which) {
    long id = net.start(node, operation, Duration.ofMinutes(2));
    net.runFor(Duration.ofMillis(dice.nextInt(dice.nextBoolean() ? 100 : 2_000)));
    boolean ended = node.outcomes.containsKey(id);
    net.apply(node, new EngineInput.Cancel(id));
    int found = node.findings.size();
    assertThat(node.outcomes).as(which).containsKey(id);
    assertThat(node.engine.operations()).as(which).isZero();
    if (ended) {
      return;
    }
    // The table is looked after, whatever the user wants. An optimistic provide tells others in
    // place
    // of those who do not answer, as it does when it is over.
    boolean tellsOthers = operation instanceof Operation.Provide provide && provide.optimistic();
    if (!tellsOthers) {
      assertThat(node.asked.keySet().stream().map(asked::get))
          .as(which)
          .noneMatch(request -> isStore(request) || isPartOf(operation, request));
    }
    asked.clear();
    net.runFor(Duration.ofMinutes(1));
    assertThat(asked.values())
        .as(which)
        .noneMatch(request -> isStore(request) ? !tellsOthers : isPartOf(operation, request));
    assertThat(node.findings).as(which).hasSize(found);
  }

  private static boolean isStore(KadRequest request) {
    return request instanceof KadRequest.PutValue || request instanceof KadRequest.AddProvider;
  }

  /// Whether a request can only come from this operation. What a walk of a store that was over has
  /// asked slow peers is left to end by itself.
  private static boolean isPartOf(Operation<?> operation, KadRequest request) {
    return switch (operation) {
      case Operation.FindClosest(var key) -> request.key().equals(key);
      case Operation.GetValue _ -> request instanceof KadRequest.GetValue;
      case Operation.FindProviders _ -> request instanceof KadRequest.GetProviders;
      default -> false;
    };
  }

  private void timeOut(TestNetwork net, TestNode node, Operation<?> operation, String which) {
    Duration limit = Duration.ofMillis(dice.nextInt(dice.nextBoolean() ? 100 : 2_000));
    long id = net.start(node, operation, limit);
    net.runFor(limit.plusMillis(1));
    assertThat(node.outcomes).as(which).containsKey(id);
    assertThat(node.engine.operations()).as(which).isZero();
  }
}
