package io.kadenza.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.sim.check.Checker;
import io.kadenza.sim.check.Violation;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a scenario says must hold.
class ChecksTest {
  private static final String PARTED =
      """
      name: parted
      nodes: 60
      duration: 90m
      workload: {puts: 20, until: 5m, pause: 75m}
      faults: {partitions: {at: 10m, for: 1h, share: 0.5}}
      checks: {every: 1m, agree-within: 10m, success: {get: 1}}
      """;

  private static SimulationReport run(String scenario) {
    return Simulation.run(ScenarioFile.parse("test.yaml", scenario));
  }

  @Test
  void tablesAgreeTenMinutesAfterAPartitionHasHealed() {
    SimulationReport report = run(PARTED);
    assertThat(report.checks()).isGreaterThan(80);
  }

  @Test
  void lessSuccessThanExpectedFails() {
    String attacked =
        """
        name: attacked
        nodes: 60
        duration: 10m
        profile: go-like
        workload: {puts: 5, pause: 1s}
        attack: {sybils-per-key: 20}
        checks: {success: {put: 1, get: 0.9}}
        """;
    assertThatThrownBy(() -> run(attacked))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("operations 'get' have succeeded; 90.0 % are expected")
        .hasMessageContaining("replay: kad sim run attacked --seed 1");
  }

  @Test
  void whatIsNeverAskedDoesNotSucceed() {
    assertThatThrownBy(
            () -> run("name: idle\nnodes: 5\nduration: 1m\nchecks: {success: {get: 0.5}}\n"))
        .hasMessageContaining("nothing asked: there was no operation 'get'");
  }

  @Test
  void anExceptionFailsARunAndSaysHowToSeeItAgain() {
    Checker broken =
        new Checker() {
          @Override
          public void inspect(Network network) {
            throw new ArrayIndexOutOfBoundsException("planted");
          }
        };
    Scenario scenario = ScenarioFile.parse("test.yaml", PARTED);
    assertThatThrownBy(() -> Simulation.run(scenario, "a b.yaml", List.of(broken), Progress.NONE))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("crash: java.lang.ArrayIndexOutOfBoundsException: planted")
        .hasMessageContaining("after 1m of virtual time")
        .hasMessageContaining("replay: kad sim run 'a b.yaml' --seed 1");
  }
}
