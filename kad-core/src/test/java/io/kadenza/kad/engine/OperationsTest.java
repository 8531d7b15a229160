package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
  private static final Bytes KEY = Bytes.utf8("a key");
  private static final Bytes VALUE = Bytes.utf8("a value");

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 40})
  void whatOneProvidesAnotherFinds(int size) {
    var net = new TestNetwork(size);
    List<TestNode> nodes = net.servers(size);
    TestNode provider = nodes.get(size / 2);
    var provided = net.run(provider, new Operation.Provide(KEY));
    assertThat(provided.copies()).isEqualTo(Math.min(20, size - 1));
    assertThat(provided.perPeer())
        .extracting(PeerOutcome::result)
        .containsOnly(PeerOutcome.Result.SENT);
    TestNode asker = nodes.getLast().equals(provider) ? nodes.getFirst() : nodes.getLast();
    var found = net.run(asker, new Operation.FindProviders(KEY, 0));
    assertThat(found.providers()).containsExactly(provider.info());
    assertThat(asker.findings(Finding.ProviderFound.class)).hasSize(1);
  }

  /// Peers refuse such questions; two refusals and each of them would leave the table.
  @Test
  void aKeyThatNobodyTakesCostsNoPeerItsPlace() {
    var net = new TestNetwork(14);
    TestNode asker = net.servers(5).getFirst();
    int known = asker.tableSize();
    Bytes tooLong = Bytes.wrap(new byte[2_000]);
    for (int i = 0; i < 3; i++) {
      for (Bytes key : List.of(Bytes.EMPTY, tooLong)) {
        var value = net.run(asker, new Operation.GetValue(key, 0));
        var providers = net.run(asker, new Operation.FindProviders(key, 0));
        assertThat(List.of(value.stats().asked(), providers.stats().asked())).containsOnly(0);
      }
      var closest = net.run(asker, new Operation.FindClosest(Bytes.EMPTY));
      assertThat(closest.stats().asked()).isZero();
    }
    assertThat(asker.tableSize()).isEqualTo(known);
  }

  @Test
  void aPeerIsFoundThroughOthers() {
    var net = new TestNetwork(11);
    List<TestNode> nodes = net.servers(40);
    TestNode asker = nodes.getFirst();
    TestNode sought = nodes.getLast();
    var found = net.run(asker, new Operation.FindPeer(sought.id()));
    assertThat(found.peer()).contains(sought.info());
  }

  @Test
  void rule08AClientIsFoundThroughTheServersThatMetIt() {
    var net = new TestNetwork(12);
    List<TestNode> nodes = net.servers(40);
    TestNode client = net.client();
    net.run(client, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
    TestNode asker = nodes.getLast();
    var found = net.run(asker, new Operation.FindPeer(client.id()));
    assertThat(found.peer()).contains(client.info());
    assertThat(asker.tableSize()).isPositive();
    assertThat(asker.knows(client)).isFalse();
  }

  @Test
  void whoIsUnknownIsNotFound() {
    var net = new TestNetwork(13);
    List<TestNode> nodes = net.servers(10);
    var found = net.run(nodes.getFirst(), new Operation.FindPeer(Peers.id(net.random())));
    assertThat(found.peer()).isEmpty();
  }

  @Test
  void weKnowWhereWeAre() {
    var net = new TestNetwork(13);
    TestNode node = net.server();
    var found = net.run(node, new Operation.FindPeer(node.id()));
    assertThat(found.peer()).contains(node.info());
  }

  @Test
  void countStopsTheSearchForProviders() {
    var net = new TestNetwork(14);
    List<TestNode> nodes = net.servers(30);
    for (TestNode provider : nodes.subList(0, 8)) {
      net.run(provider, new Operation.Provide(KEY));
    }
    TestNode asker = nodes.getLast();
    var all = net.run(asker, new Operation.FindProviders(KEY, 0));
    var some = net.run(asker, new Operation.FindProviders(KEY, 3));
    assertThat(all.providers()).hasSize(8).doesNotHaveDuplicates();
    assertThat(some.providers()).hasSize(3);
    assertThat(some.stats().reason()).isEqualTo(Termination.STOPPED);
  }

  @Test
  void theClosestPeersAreThoseThatAnswered() {
    var net = new TestNetwork(15);
    List<TestNode> nodes = net.servers(50);
    net.runFor(Duration.ofMinutes(1));
    TestNode asker = nodes.getFirst();
    KadKey target = KadKey.of(KEY);
    net.closestServers(target).stream()
        .filter(node -> node != asker)
        .limit(5)
        .forEach(node -> node.up = false);
    var closest = net.run(asker, new Operation.FindClosest(KEY));
    assertThat(closest.peers())
        .isEqualTo(
            net.closestServers(target).stream()
                .filter(node -> node != asker)
                .limit(20)
                .map(TestNode::info)
                .toList());
  }

  @Test
  void anOperationEndsWhenItsTimeIsOverWithWhatItHas() {
    var net = new TestNetwork(16);
    List<TestNode> nodes = net.servers(10);
    nodes.get(4).up = false;
    TestNode asker = nodes.getFirst();
    long id = net.start(asker, new Operation.FindClosest(KEY), Duration.ofSeconds(1));
    net.runFor(Duration.ofSeconds(2));
    var closest = (Outcome.Closest) asker.outcomes.get(id);
    assertThat(closest.stats().reason()).isEqualTo(Termination.TIMED_OUT);
    assertThat(closest.peers()).hasSize(8);
    assertThat(closest.stats().took()).isEqualTo(Duration.ofSeconds(1));
    assertThat(asker.engine.operations()).isZero();
  }

  @Test
  void t40CancelledOperationsLeaveNothingInFlight() {
    var net = new TestNetwork(17, TestNetwork.CONFIG.withTraces(false));
    List<TestNode> nodes = net.servers(15);
    net.runFor(Duration.ofMinutes(1));
    net.faults = (_, _) -> Fault.SILENT;
    TestNode node = nodes.getFirst();
    for (int i = 0; i < 2_000; i++) {
      long id = 100_000L + i;
      Operation<?> operation =
          switch (i % 4) {
            case 0 -> new Operation.GetValue(KEY, 0);
            case 1 -> new Operation.FindProviders(KEY, 1);
            case 2 -> new Operation.PutValue(KEY, VALUE);
            default -> new Operation.Bootstrap(List.of());
          };
      net.apply(node, new EngineInput.Start(id, operation, Duration.ofSeconds(10)));
      assertThat(node.engine.inFlight()).isLessThanOrEqualTo(10);
      net.apply(node, new EngineInput.Cancel(id));
      assertThat(node.engine.inFlight()).isZero();
      assertThat(node.outcomes.get(id).stats().reason()).isEqualTo(Termination.CANCELLED);
    }
    assertThat(node.engine.operations()).isZero();
    assertThat(node.asked).isEmpty();
  }

  @Test
  void t40SilentPeersDoNotHoldUpAWalkForLong() {
    var net = new TestNetwork(21);
    List<TestNode> nodes = net.servers(60);
    net.runFor(Duration.ofMinutes(1));
    KadKey target = KadKey.of(KEY);
    TestNode asker = net.closestServers(target).getLast();
    net.closestServers(target).subList(2, 8).forEach(node -> node.up = false);
    var closest = net.run(asker, new Operation.FindClosest(KEY));
    assertThat(closest.peers()).hasSize(20);
    assertThat(closest.stats().took()).isLessThan(Duration.ofSeconds(3));
    assertThat(nodes).hasSize(60);
  }

  @Test
  void anOperationIdCanNotBeUsedTwiceAtATime() {
    var net = new TestNetwork(18);
    List<TestNode> nodes = net.servers(3);
    var start = new EngineInput.Start(77, new Operation.FindClosest(KEY), Duration.ofSeconds(10));
    net.apply(nodes.getFirst(), start);
    assertThatThrownBy(() -> net.apply(nodes.getFirst(), start))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Also if the monotonic clock, which begins anywhere, passes over zero or the range of seconds.
  @ParameterizedTest
  @ValueSource(
      longs = {1_000_000_000L, -90_000_000_000L, (1L << 31) * 1_000_000_000L - 90_000_000_000L})
  void theSameSeedGivesTheSameRun(long begin) {
    assertThat(run(begin)).isEqualTo(run(1_000_000_000L));
  }

  private static String run(long begin) {
    var net = new TestNetwork(19);
    net.beginAt(begin);
    List<TestNode> nodes = net.servers(12);
    net.run(nodes.get(3), new Operation.PutValue(KEY, VALUE));
    net.runFor(Duration.ofMinutes(50));
    nodes.get(5).up = false;
    net.runFor(Duration.ofMinutes(50));
    net.run(nodes.get(4), new Operation.GetValue(KEY, 0));
    return nodes.stream().map(node -> node.events.toString()).toList().toString();
  }

  @Test
  void aLookupIsToldStepByStep() {
    var net = new TestNetwork(20);
    List<TestNode> nodes = net.servers(10);
    net.runFor(Duration.ofMinutes(1));
    TestNode node = nodes.getFirst();
    node.events.clear();
    var closest = net.run(node, new Operation.FindClosest(KEY));
    var started = node.events(EngineEvent.LookupStarted.class).getFirst();
    assertThat(started.target()).isEqualTo(KadKey.of(KEY));
    List<Contact> answered =
        node.events(EngineEvent.LookupAnswered.class).stream()
            .map(EngineEvent.LookupAnswered::peer)
            .toList();
    assertThat(answered).hasSize(9);
    var ended = node.events(EngineEvent.LookupEnded.class).getFirst();
    assertThat(ended.lookupId()).isEqualTo(started.lookupId());
    assertThat(ended.stats()).isEqualTo(closest.stats());
  }

  @Test
  void aSilentPeerForWhichAWalkDidNotWaitLeavesTheTableAllTheSame() {
    var net = new TestNetwork(31);
    List<TestNode> nodes = net.servers(60);
    TestNode asker = nodes.getFirst();
    net.runFor(Duration.ofMinutes(1));
    TestNode silent = net.node(asker.engine.neighbourhood().table().all().get(3).id());
    net.faults = (to, _) -> to == silent ? Fault.SILENT : Fault.NONE;
    net.run(asker, new Operation.FindClosest(silent.id().bytes()));
    net.runFor(Duration.ofMinutes(1));
    assertThat(asker.engine.neighbourhood().table().all()).doesNotContain(silent.contact);
  }
}
