package io.kadenza.bench.agree;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Identities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How a script is written, counted and judged; real nodes need minutes and are left to the
/// command.
class AgreementTest {
  private static MessageTally tally(int findNodes, int puts) {
    var tally = new MessageTally(4);
    for (int i = 0; i < findNodes; i++) {
      tally.count(i % 4, MessageType.FIND_NODE);
    }
    for (int i = 0; i < puts; i++) {
      tally.count(0, MessageType.PUT_VALUE);
    }
    return tally;
  }

  @Test
  void aTenthMoreOrLessIsAllowed() {
    assertThat(new Agreement(tally(1_000, 100), tally(1_090, 91)).holds()).isTrue();
    assertThat(new Agreement(tally(1_000, 100), tally(1_000, 111)).holds()).isFalse();
    assertThat(new Agreement(tally(1_000, 100), tally(880, 100)).holds()).isFalse();
    assertThat(new Agreement(tally(1_000, 3), tally(1_000, 5)).holds()).as("too few").isTrue();
    assertThat(new Agreement(tally(1_000, 0), tally(1_000, 90)).holds()).as("none").isFalse();
    assertThat(new Agreement(tally(0, 0), tally(0, 0)).holds()).as("nothing at all").isFalse();
  }

  @Test
  void nodesAreComparedOneByOne() {
    MessageTally mine = tally(100, 20);
    assertThat(mine.total()).isEqualTo(120);
    assertThat(mine.perNode(99)).isEqualTo(45);
    assertThat(mine.apart(tally(100, 20))).isZero();
    assertThat(mine.apart(tally(100, 8))).isEqualTo(0.1);
  }

  @Test
  void theTableNamesEveryKindThatOccurs() {
    var lines = new ArrayList<String>();
    new Agreement(tally(100, 20), tally(110, 20)).write(lines::add);
    assertThat(lines)
        .contains("| FIND_NODE | 100 | 110 | +10.0 % |", "| PUT_VALUE | 20 | 20 | +0.0 % |")
        .noneMatch(line -> line.contains("PING"));
  }

  @Test
  void aScriptIsPlayedInTheSimulator() {
    Script script = Script.of(8, 3, 1);
    assertThat(script).isEqualTo(Script.of(8, 3, 1)).isNotEqualTo(Script.of(8, 3, 2));
    assertThat(script.joins()).hasSize(7);
    assertThat(script.steps()).hasSize(15);
    assertThat(script.length()).isGreaterThan(script.steps().getLast().at());
    var identities = new Identities(new SplittableRandom(1));
    var infos = new ArrayList<PeerInfo>();
    for (int i = 0; i < 8; i++) {
      infos.add(identities.next());
    }
    KadConfig config = KadConfig.DEFAULT.withValidators(Validators.open());
    MessageTally tally = SimulatedRun.of(script, List.copyOf(infos), config, 1);
    assertThat(tally.of(MessageType.PUT_VALUE)).isEqualTo(3 * 7);
    assertThat(tally.of(MessageType.FIND_NODE)).isPositive();
    assertThat(script.joins().getFirst().at()).isEqualTo(Duration.ZERO);
  }
}
