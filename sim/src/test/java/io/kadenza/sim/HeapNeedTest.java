package io.kadenza.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.sim.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

class HeapNeedTest {
  private static long bytes(int nodes, String more) {
    String text = "name: x\nnodes: %d\nduration: 1h\n%s\n".formatted(nodes, more);
    return HeapNeed.bytes(ScenarioFile.parse("test.yaml", text));
  }

  @Test
  void aMillionNodesAtRestFitIntoEightGigabytes() {
    assertThat(bytes(1_000_000, "engine: {upkeep: false}")).isBetween(5L << 30, 8L << 30);
  }

  @Test
  void upkeepMakesEachNodeKnowManyOthers() {
    assertThat(bytes(10_000, "")).isGreaterThan(3 * bytes(10_000, "engine: {upkeep: false}"));
  }
}
