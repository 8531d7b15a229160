package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.EngineEvent.LookupAsked;
import io.kadenza.kad.engine.EngineEvent.LookupStarted;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes quicker where nearly everybody is known.
class FamiliarNetworkTest {
  private static final int K = 20;

  private static TestNode wellInformedClient(TestNetwork net, int walks) {
    List<TestNode> servers = net.servers(50);
    TestNode client = net.client();
    net.run(client, new Operation.Bootstrap(List.of(servers.getFirst().info())));
    for (int i = 0; i < walks; i++) {
      net.run(client, new Operation.FindClosest(Peers.key(net.random())));
    }
    return client;
  }

  private static List<PeerInfo> closest(TestNetwork net, Bytes key) {
    return net.closestServers(KadKey.of(key)).stream().map(TestNode::info).limit(K).toList();
  }

  /// How many peers were asked when their walk had just begun.
  private static long askedAtOnce(TestNode node) {
    return node.events(LookupAsked.class).stream().filter(step -> step.since().isZero()).count();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void walksTakeOneRoundTripAndFindWhatTheyShould(long seed) {
    var net = new TestNetwork(seed);
    TestNode client = wellInformedClient(net, 40);
    client.events.clear();
    for (int i = 0; i < 100; i++) {
      Bytes key = Peers.key(net.random());
      var found = net.run(client, new Operation.FindClosest(key));
      assertThat(found.peers()).as("seed %d", seed).isEqualTo(closest(net, key));
    }
    assertThat(client.events(LookupAsked.class)).as("seed %d", seed).hasSize(100 * K);
    assertThat(askedAtOnce(client)).as("seed %d", seed).isEqualTo(100 * K);
  }

  @Test
  void whoHasJustJoinedAsksTenFirst() {
    var net = new TestNetwork(1);
    TestNode client = wellInformedClient(net, 0);
    client.events.clear();
    net.run(client, new Operation.FindClosest(Peers.key(net.random())));
    assertThat(askedAtOnce(client)).isEqualTo(TestNetwork.CONFIG.alpha());
  }

  @Test
  void aPutIsSentBeforeTheWalkIsOverAndReachesTheClosestOnce() {
    var net = new TestNetwork(1);
    TestNode client = wellInformedClient(net, 40);
    for (int i = 0; i < 20; i++) {
      Bytes key = Peers.key(net.random());
      client.events.clear();
      var stored = net.run(client, new Operation.PutValue(key, Bytes.utf8("value")));
      assertThat(stored.perPeer())
          .extracting(PeerOutcome::peer)
          .doesNotHaveDuplicates()
          .containsAll(closest(net, key));
      assertThat(stored.copies()).isEqualTo(stored.perPeer().size());
      assertThat(sentBeforeAnyAnswer(client)).hasSameSizeAs(stored.perPeer());
    }
  }

  private static List<EngineEvent> sentBeforeAnyAnswer(TestNode node) {
    return node.events.stream()
        .dropWhile(event -> !(event instanceof LookupStarted))
        .takeWhile(event -> !(event instanceof EngineEvent.RpcAnswered))
        .filter(event ->
            event instanceof EngineEvent.RpcSent(_, var type) && type == MessageType.PUT_VALUE)
        .toList();
  }

  @Test
  void aPutThatIsCancelledTellsWhoWasSentIt() {
    var net = new TestNetwork(1);
    TestNode client = wellInformedClient(net, 40);
    net.faults = (_, _) -> TestNetwork.Fault.SILENT;
    var put = new Operation.PutValue(Peers.key(net.random()), Bytes.utf8("value"));
    long id = net.start(client, put, Duration.ofMinutes(1));
    net.apply(client, new EngineInput.Cancel(id));
    var stored = (Outcome.Stored) client.outcomes.get(id);
    assertThat(stored.perPeer()).hasSizeGreaterThanOrEqualTo(K);
    assertThat(stored.copies()).isZero();
    assertThat(client.asked).isEmpty();
  }

  @Test
  void whoeverIsNewIsToldAsWell() {
    var net = new TestNetwork(1);
    TestNode client = wellInformedClient(net, 40);
    for (int i = 0; i < 10; i++) {
      TestNode newcomer = net.server();
      net.run(newcomer, new Operation.Bootstrap(List.of(net.nodes().getFirst().info())));
    }
    Bytes key = Peers.key(net.random());
    var stored = net.run(client, new Operation.PutValue(key, Bytes.utf8("value")));
    assertThat(stored.perPeer()).extracting(PeerOutcome::peer).containsAll(closest(net, key));
  }
}
