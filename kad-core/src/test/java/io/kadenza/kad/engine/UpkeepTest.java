package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNode;
import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How much a table that has been full costs.
class UpkeepTest {
  private final TestNetwork net = new TestNetwork(11);
  private final List<TestNode> nodes = new ArrayList<>(net.servers(30));
  private final TestNode node = nodes.getFirst();

  private long walksToItself() {
    return node.events(EngineEvent.LookupStarted.class).stream()
        .filter(walk -> walk.key().equals(node.id().bytes()))
        .count();
  }

  private long refreshes() {
    return node.events(EngineEvent.RefreshStarted.class).size();
  }

  @Test
  void whereNobodyIsNewTheWalkToOurselvesIsLeftOutTwoTimesOfThree() {
    net.runFor(Duration.ofHours(1));
    node.events.clear();
    net.runFor(Duration.ofHours(3));
    assertThat(refreshes()).isBetween(17L, 20L);
    assertThat(walksToItself()).isBetween(6L, 7L);
  }

  @Test
  void whoIsNewIsKnownAllTheSame() {
    net.runFor(Duration.ofHours(1));
    TestNode newcomer = net.server();
    net.run(newcomer, new Operation.Bootstrap(List.of(node.info())));
    net.runFor(Duration.ofMinutes(31));
    assertThat(nodes).allMatch(one -> one.knows(newcomer));
  }

  @Test
  void whoIsReachedElsewhereTellsItsNeighboursSoon() {
    net.runFor(Duration.ofHours(1));
    node.events.clear();

    net.apply(
        node, new EngineInput.OwnAddresses(List.of(Multiaddr.parse("/ip4/192.0.2.77/tcp/4001"))));
    net.runFor(Duration.ofSeconds(70));

    assertThat(refreshes()).isEqualTo(1);
    assertThat(walksToItself()).isEqualTo(1);
  }

  @Test
  void aTimeWithoutAnyAddressBetweenTwoIsNoneToForgetThatWeMoved() {
    net.runFor(Duration.ofHours(1));
    node.events.clear();

    net.apply(node, new EngineInput.OwnAddresses(List.of()));
    net.runFor(Duration.ofSeconds(61));
    assertThat(refreshes()).as("there is nothing to tell").isZero();
    net.apply(
        node, new EngineInput.OwnAddresses(List.of(Multiaddr.parse("/ip4/192.0.2.77/tcp/4001"))));
    net.runFor(Duration.ofSeconds(70));

    assertThat(walksToItself()).isEqualTo(1);
  }

  @Test
  void whoComesBackAtItsOldAddressesHasNotMoved() {
    net.runFor(Duration.ofHours(1));
    node.events.clear();

    net.apply(node, new EngineInput.OwnAddresses(List.of()));
    net.apply(node, new EngineInput.OwnAddresses(node.info().addresses()));
    net.runFor(Duration.ofSeconds(70));

    assertThat(walksToItself()).isZero();
  }

  @Test
  void whoIsAmongItsOwnSeedsDoesNotMissItself() {
    var small = new TestNetwork(5, TestNetwork.CONFIG);
    TestNode first = small.server();
    TestNode second = small.server();
    for (TestNode one : List.of(first, second)) {
      small.run(one, new Operation.Bootstrap(List.of(first.info())));
    }
    small.runFor(Duration.ofHours(1));
    first.events.clear();

    small.runFor(Duration.ofHours(1));

    assertThat(first.events(EngineEvent.RefreshStarted.class)).hasSizeBetween(5, 7);
  }
}
