package io.kadenza.gossip.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  private static final String TOPIC = "universal-connectivity";
  private static final Duration SETTLE = Duration.ofSeconds(3);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyMessageReachesAllTwentyNodesOnce(long seed) {
    Net net = network(seed, GossipConfig.DEFAULT.withFloodPublish(false));
    List<String> sent = IntStream.range(0, 20).mapToObj(i -> "message " + i).toList();
    for (int i = 0; i < 20; i++) {
      net.node(i).publish(TOPIC, sent.get(i));
    }
    net.run(SETTLE);

    for (int i = 0; i < 20; i++) {
      String own = sent.get(i);
      assertThat(net.node(i).delivered)
          .as("seed %d, node %d", seed, i)
          .containsExactlyInAnyOrderElementsOf(sent.stream().filter(s -> !s.equals(own)).toList());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void gossipMakesUpForLosses(long seed) {
    Net net = network(seed, GossipConfig.DEFAULT.withFloodPublish(false));
    net.loss = 0.2;
    for (int i = 0; i < 20; i++) {
      net.node(i).publish(TOPIC, "message " + i);
    }
    net.run(Duration.ofSeconds(10));

    assertThat(net.nodes)
        .as("seed %d", seed)
        .allSatisfy(node -> assertThat(node.delivered).hasSize(19));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void meshesSettleWithinTheirBoundsAndAreMutual(long seed) {
    Net net = new Net(20, GossipConfig.DEFAULT, seed);
    subscribeAll(net);
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < i; j++) {
        net.connect(net.node(i), net.node(j));
      }
    }
    net.run(Duration.ofSeconds(30));

    for (Net.Node node : net.nodes) {
      assertThat(node.engine.mesh(TOPIC)).as("seed %d", seed).hasSizeBetween(5, 12);
    }
    for (Net.Node node : net.nodes) {
      for (Net.Node other : net.nodes) {
        assertThat(node.engine.mesh(TOPIC).contains(other.peer))
            .as("seed %d", seed)
            .isEqualTo(other.engine.mesh(TOPIC).contains(node.peer));
      }
    }
  }

  @Test
  void whoUnsubscribedGetsNothingMoreAndTheOthersStillDo() {
    Net net = network(1, GossipConfig.DEFAULT);
    net.node(5).apply(new GossipInput.Unsubscribe(TOPIC));
    net.run(SETTLE);
    net.node(0).publish(TOPIC, "without you");
    net.run(SETTLE);

    assertThat(net.node(5).delivered).isEmpty();
    assertThat(net.nodes.stream().filter(n -> n.delivered.contains("without you"))).hasSize(18);
    assertThat(net.nodes).noneMatch(n -> n.engine.peers(TOPIC).contains(net.node(5).peer));
  }

  @Test
  void whoReturnsIsServedAgain() {
    Net net = network(1, GossipConfig.DEFAULT);
    net.node(5).apply(new GossipInput.Unsubscribe(TOPIC));
    net.run(SETTLE);
    net.node(5).apply(new GossipInput.Subscribe(TOPIC));
    net.run(Duration.ofSeconds(15));
    net.node(0).publish(TOPIC, "welcome back");
    net.run(SETTLE);

    assertThat(net.node(5).delivered).containsExactly("welcome back");
    assertThat(net.node(5).engine.mesh(TOPIC)).isNotEmpty();
  }

  @Test
  void aPublisherNeedNotBeInTheTopic() {
    Net net = network(1, GossipConfig.DEFAULT.withFloodPublish(false));
    net.node(5).apply(new GossipInput.Unsubscribe(TOPIC));
    net.run(SETTLE);
    net.node(5).publish(TOPIC, "from outside");
    net.run(SETTLE);

    assertThat(net.nodes.stream().filter(n -> n.delivered.contains("from outside"))).hasSize(19);
  }

  /// Twenty nodes in one topic, connected at random, with settled meshes.
  private static Net network(long seed, GossipConfig config) {
    Net net = new Net(20, config, seed);
    subscribeAll(net);
    net.connectAtRandom(4);
    net.run(SETTLE);
    return net;
  }

  private static void subscribeAll(Net net) {
    net.nodes.forEach(node -> node.apply(new GossipInput.Subscribe(TOPIC)));
  }
}
