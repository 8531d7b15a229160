package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNode;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a node goes on with that knew others before it was stopped.
class RecallTest {
  private static final int ALL = EngineInput.Recall.MAX_PEERS;

  private final TestNetwork net = new TestNetwork(11);
  private final List<TestNode> servers = net.servers(40);
  private final TestNode node = servers.getLast();

  private List<PeerInfo> worthSaving(int limit) {
    return node.engine.inspect(net.now()).worthSaving(limit);
  }

  private void restartKnowing(List<PeerInfo> peers) {
    net.restart(node);
    net.apply(node, new EngineInput.Recall(peers));
    net.runFor(Duration.ofMinutes(1));
  }

  @Test
  void aRestartedNodeFindsItsNetworkByThosePeersItKnew() {
    restartKnowing(worthSaving(ALL));
    assertThat(node.tableSize()).isGreaterThan(10);
    Bytes target = Bytes.utf8("target");
    var found = net.run(node, new Operation.FindClosest(target));
    assertThat(found.peers())
        .containsExactlyElementsOf(
            net.closestServers(KadKey.of(target)).stream()
                .filter(server -> server != node)
                .limit(20)
                .map(TestNode::info)
                .toList());
  }

  @Test
  void oneThatIsStillThereIsEnough() {
    List<PeerInfo> saved = worthSaving(ALL);
    servers.forEach(server -> server.up = false);
    TestNode left = net.node(saved.getLast().id());
    left.up = true;
    restartKnowing(saved);
    assertThat(node.engine.neighbourhood().table().all())
        .extracting(Contact::id)
        .containsExactly(left.id());
  }

  @Test
  void whoIsSaidToHaveBeenThereHasToShowIt() {
    List<PeerInfo> nobody = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      nobody.add(Peers.info(net.random()));
    }
    nobody.add(node.info());
    restartKnowing(nobody);
    assertThat(node.engine.neighbourhood().table().all())
        .extracting(Contact::info)
        .doesNotContainAnyElementsOf(nobody);
  }

  @Test
  void theTableIsWorthSavingMost() {
    List<PeerInfo> saved = worthSaving(ALL);
    assertThat(saved).doesNotHaveDuplicates().doesNotContain(node.info());
    int inTable = node.tableSize();
    assertThat(saved).hasSizeGreaterThanOrEqualTo(inTable);
    assertThat(new HashSet<>(saved.subList(0, inTable)))
        .isEqualTo(
            new HashSet<>(
                node.engine.neighbourhood().table().all().stream().map(Contact::info).toList()));
    assertThat(worthSaving(3)).isEqualTo(saved.subList(0, 3));
  }
}
