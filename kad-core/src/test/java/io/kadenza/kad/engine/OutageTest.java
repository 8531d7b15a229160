package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a node does that has lost its last connection.
class OutageTest {
  private final TestNetwork net = new TestNetwork(17);
  private final List<TestNode> servers = net.servers(3);
  private final TestNode node = net.client();
  private boolean down;

  OutageTest() {
    net.run(node, new Operation.Bootstrap(List.of(servers.getFirst().info())));
    net.runFor(Duration.ofMinutes(5));
    net.faults = (_, _) -> down ? Fault.UNREACHABLE : Fault.NONE;
    node.events.clear();
  }

  private int refreshes() {
    return node.events(EngineEvent.RefreshStarted.class).size();
  }

  private boolean isAnybodyAsked(Duration meanwhile) {
    int before = node.requestsSent;
    net.runFor(meanwhile);
    return node.requestsSent > before;
  }

  @Test
  void callsThoseItKnowsWithinSeconds() {
    net.disconnect(node);
    assertThat(isAnybodyAsked(Duration.ofMillis(1_900))).isFalse();
    assertThat(isAnybodyAsked(Duration.ofSeconds(1))).isTrue();
    net.runFor(Duration.ofSeconds(5));
    assertThat(refreshes()).isEqualTo(1);
    assertThat(isAnybodyAsked(Duration.ofMinutes(1))).isFalse();
  }

  @Test
  void callsAgainAtGrowingIntervalsUntilSomebodyIsThere() {
    down = true;
    net.disconnect(node);
    net.runFor(Duration.ofMinutes(30));
    assertThat(refreshes()).isBetween(25, 40);
    down = false;
    net.runFor(Duration.ofSeconds(70));
    node.events.clear();
    assertThat(isAnybodyAsked(Duration.ofMinutes(2))).isFalse();
    assertThat(node.tableSize()).isEqualTo(3);
  }

  @Test
  void leavesItAtThatIfAConnectionComesByItself() {
    net.disconnect(node);
    net.connect(node, servers.getLast());
    net.runFor(Duration.ofSeconds(10));
    assertThat(refreshes()).isZero();
  }

  @Test
  void isNotMovedToCallAllTheTimeByAPeerThatHangsUp() {
    for (int i = 0; i < 60; i++) {
      net.disconnect(node);
      net.runFor(Duration.ofSeconds(5));
    }
    assertThat(refreshes()).isBetween(5, 10);
  }

  @Test
  void hasNobodyToCallIfItNeverKnewAnybody() {
    TestNode lone = net.server();
    TestNode guest = net.client();
    net.connect(lone, guest);
    net.disconnect(lone);
    net.runFor(Duration.ofMinutes(1));
    assertThat(lone.requestsSent).isZero();
  }
}
