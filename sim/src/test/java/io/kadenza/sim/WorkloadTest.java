package io.kadenza.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.sim.report.OperationReport;
import io.kadenza.sim.report.Sample;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Kind;
import io.kadenza.sim.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

/// What is stored, stored again and looked for, and how many copies there are of it.
class WorkloadTest {
  private static final String NETWORK =
      """
      name: stores
      nodes: 60
      duration: 3d
      engine: {upkeep: false}
      """;

  private static SimulationReport run(String more) {
    return Simulation.run(ScenarioFile.parse("test.yaml", NETWORK + more));
  }

  private static Sample last(SimulationReport report) {
    return report.samples().getLast();
  }

  @Test
  void whatIsProvidedOnceIsForgotten() {
    SimulationReport report = run("workload: {provides: 5, until: 10m}\n");
    assertThat(report.samples().get(5).copies()).isGreaterThanOrEqualTo(20);
    assertThat(last(report).copies()).isZero();
  }

  @Test
  void whatIsProvidedAgainIsFoundUntilTheEnd() {
    SimulationReport report = run("workload: {provides: 5, repeat: 22h, searches: 20}\n");
    assertThat(last(report).copiesMin()).isGreaterThanOrEqualTo(15);
    assertThat(report.of(Kind.PROVIDE).orElseThrow().count()).isBetween(10L, 20L);
    OperationReport found = report.of(Kind.FIND).orElseThrow();
    assertThat(found.count()).isBetween(60L, 100L);
    assertThat(found.success()).isEqualTo(1);
  }

  @Test
  void whatIsProvidedUntilFurtherNoticeIsStoredAgainByTheEngine() {
    SimulationReport report =
        run("workload: {provides: 20, puts: 5, until: 1h, standing: true}\nchecks: {every: 1h}\n");
    assertThat(last(report).copiesMin()).isGreaterThanOrEqualTo(15);
    assertThat(report.of(Kind.GET).orElseThrow().success()).isEqualTo(1);
  }

  @Test
  void copiesVanishWithTheirHolders() {
    SimulationReport report = run("workload: {puts: 5, until: 10m}\nleave: {at: 6h, share: 0.5}\n");
    double before = report.samples().get(3).copies();
    double after = report.samples().get(7).copies();
    assertThat(after).isBetween(0.3 * before, 0.7 * before);
  }

  @Test
  void everyNodeSendsBytes() {
    SimulationReport report = run("workload: {lookups: 50}\n");
    long messages = report.messages();
    assertThat(report.bytes() / messages).isBetween(100L, 2_000L);
    assertThat(report.sent().at(50)).isPositive();
    assertThat(report.samples().stream().mapToLong(Sample::bytes).sum())
        .isLessThanOrEqualTo(report.bytes());
  }
}
