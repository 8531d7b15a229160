package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  @Test
  void twoNodesFindEachOtherThoughTheSeedKnowsNobody() {
    var net = new TestNetwork(1);
    TestNode seed = net.server();
    TestNode newcomer = net.server();
    var outcome = net.run(newcomer, new Operation.Bootstrap(List.of(seed.info())));
    assertThat(outcome.contacted()).isEqualTo(1);
    assertThat(outcome.tableSize()).isEqualTo(1);
    net.runFor(Duration.ofSeconds(5));
    assertThat(seed.knows(newcomer)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10})
  void everybodyInASmallNetworkKnowsEverybody(int size) {
    var net = new TestNetwork(size);
    List<TestNode> nodes = net.servers(size);
    net.runFor(Duration.ofMinutes(1));
    for (TestNode node : nodes) {
      assertThat(node.tableSize()).isEqualTo(size - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = 1)
  void inABiggerNetworkEverybodyKnowsItsNeighbours(long seed) {
    var net = new TestNetwork(seed, TestNetwork.CONFIG.withTraces(false));
    List<TestNode> nodes = net.servers(200);
    net.runFor(Duration.ofMinutes(1));
    int missing = 0;
    for (TestNode node : nodes) {
      for (TestNode near : net.closestServers(node.contact.key()).subList(1, 11)) {
        missing += node.knows(near) ? 0 : 1;
      }
    }
    // Those who came last are still unknown to a few.
    assertThat(missing).as("seed %d", seed).isLessThan(200 * 10 / 50);
  }

  @Test
  void withoutSeedsAndWithoutATableItSaysSo() {
    var net = new TestNetwork(1);
    var outcome = net.run(net.server(), new Operation.Bootstrap(List.of()));
    assertThat(outcome.contacted()).isZero();
    assertThat(outcome.stats().reason()).isEqualTo(Termination.NO_PEERS);
  }

  @Test
  void deadSeedsDoNotHinderTheLivingOnes() {
    var net = new TestNetwork(1);
    TestNode dead = net.server();
    TestNode alive = net.server();
    TestNode newcomer = net.server();
    dead.up = false;
    var outcome = net.run(newcomer, new Operation.Bootstrap(List.of(dead.info(), alive.info())));
    assertThat(outcome.contacted()).isEqualTo(1);
    assertThat(newcomer.knows(alive)).isTrue();
    assertThat(newcomer.knows(dead)).isFalse();
  }

  @Test
  void aClientFillsItsTableAndAppearsInNobodys() {
    var net = new TestNetwork(3);
    List<TestNode> servers = net.servers(10);
    TestNode client = net.client();
    net.run(client, new Operation.Bootstrap(List.of(servers.getFirst().info())));
    net.runFor(Duration.ofMinutes(1));
    assertThat(client.tableSize()).isEqualTo(10);
    for (TestNode server : servers) {
      assertThat(server.knows(client)).isFalse();
    }
  }

  @Test
  void aTableThatRanEmptyIsFilledFromTheSeedsAgain() {
    var net = new TestNetwork(4);
    TestNode seed = net.server();
    TestNode node = net.server();
    net.run(node, new Operation.Bootstrap(List.of(seed.info())));
    seed.up = false;
    net.runFor(Duration.ofHours(1));
    seed.up = true;
    net.runFor(Duration.ofMinutes(3));
    assertThat(node.knows(seed)).isTrue();
  }

  /// Each of the walks that are left finds nobody to ask and ends as it begins, within the one
  /// before.
  @Test
  void whoIsLeftAloneInTheMiddleIsToldSoOnce() {
    var net = new TestNetwork(5, TestNetwork.CONFIG.withK(1));
    TestNode newcomer = net.server();
    TestNode seed = net.server(idNear(newcomer.contact.key(), net.random()));
    var asked = new ArrayList<KadRequest>();
    net.faults =
        (_, request) -> {
          asked.add(request);
          return asked.size() == 1 ? Fault.NONE : Fault.UNREACHABLE;
        };
    net.run(newcomer, new Operation.Bootstrap(List.of(seed.info())));
    assertThat(newcomer.findings(Finding.BootstrapStep.class))
        .filteredOn(step -> step.remaining() == 0)
        .hasSize(1);
    assertThat(newcomer.events(EngineEvent.BootstrapCompleted.class)).hasSize(1);
  }

  private static PeerId idNear(KadKey key, RandomGenerator random) {
    PeerId id = Peers.id(random);
    while (KadKey.of(id).commonPrefixLength(key) < 3) {
      id = Peers.id(random);
    }
    return id;
  }
}
