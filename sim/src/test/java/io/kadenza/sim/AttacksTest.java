package io.kadenza.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Kind;
import io.kadenza.sim.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Liars whose harm depends on where their addresses are, and on when they come.
class AttacksTest {
  private static final String JOINING =
      """
      name: joining
      nodes: 20
      duration: 5m
      begin: bootstrap
      workload: {puts: 5, from: 3m, pause: 10s}
      """;

  private static SimulationReport run(String scenario) {
    return Simulation.run(ScenarioFile.parse("test.yaml", scenario));
  }

  private static double lying(SimulationReport report) {
    return report.samples().getLast().lyingShare();
  }

  @Test
  void whoComesFirstFromOneNetworkGetsThreePlaces() {
    SimulationReport report = run(JOINING + "attack: {eclipse: 100, networks: 1}\n");
    assertThat(lying(report)).isBetween(0.001, 0.15);
    assertThat(report.samples().getLast().neighbours()).isGreaterThan(0.9);
    assertThat(report.of(Kind.GET).orElseThrow().success()).isEqualTo(1);
  }

  @Test
  void whoComesFirstFromManyNetworksFillsTheTables() {
    SimulationReport report = run(JOINING + "attack: {eclipse: 100, networks: 100}\n");
    assertThat(lying(report)).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0, 0.5"})
  void groundLiarsOfOneNetworkAreSeenThrough(int networks, double bound) {
    SimulationReport report =
        run(
            """
            name: ground
            nodes: 200
            duration: 5m
            engine: {upkeep: false, region: 0, eager: false}
            workload: {puts: 5, until: 1m, pause: 10s}
            attack: {sybils-per-key: 20, networks: %d}
            """
                .formatted(networks));
    double success = report.of(Kind.GET).orElseThrow().success();
    if (networks == 1) {
      assertThat(success).isEqualTo(bound);
    } else {
      assertThat(success).isLessThan(bound);
    }
  }

  @Test
  void oldValuesDoNotWinOverNewerOnes() {
    SimulationReport report =
        run(
            """
            name: stale
            nodes: 100
            duration: 10m
            engine: {upkeep: false}
            workload: {puts: 10, updates: 2, until: 5m, pause: 10s}
            attack: {byzantine: 0.3, lies: [stale-records]}
            """);
    assertThat(report.of(Kind.PUT).orElseThrow().count()).isEqualTo(30);
    assertThat(report.of(Kind.GET).orElseThrow().success()).isEqualTo(1);
  }

  @Test
  void oldValuesAreAllThatThoseHaveWhoHandOutNothingElse() {
    SimulationReport report =
        run(
            """
            name: stale
            nodes: 100
            duration: 10m
            engine: {upkeep: false}
            workload: {puts: 10, updates: 2, until: 5m, pause: 10s}
            attack: {byzantine: 0.95, lies: [stale-records]}
            """);
    assertThat(report.of(Kind.GET).orElseThrow().success()).isLessThan(0.9);
  }
}
