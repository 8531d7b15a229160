package io.kadenza.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.sim.report.OperationReport;
import io.kadenza.sim.report.Sample;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Kind;
import io.kadenza.sim.scenario.ScenarioFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final String QUIET =
      """
      name: quiet
      nodes: 100
      duration: 30m
      engine: {upkeep: false, ip-limits: false}
      """;

  private static SimulationReport run(String more) {
    return Simulation.run(ScenarioFile.parse("test.yaml", QUIET + more));
  }

  private static OperationReport lookups(String more) {
    return run("workload: {lookups: 40, from: 10m, until: 20m}\n" + more)
        .of(Kind.LOOKUP)
        .orElseThrow();
  }

  private static List<Integer> up(SimulationReport report) {
    return report.samples().stream().map(Sample::up).toList();
  }

  @Test
  void aPartitionHidesHalfOfTheNetworkAndHealingShowsItAgain() {
    double cut = lookups("faults: {partitions: {at: 9m, for: 15m, share: 0.5}}\n").recall();
    double healed = lookups("faults: {partitions: {at: 1m, for: 5m, share: 0.5}}\n").recall();
    assertThat(cut).isBetween(0.35, 0.65);
    assertThat(healed).isGreaterThan(0.9);
  }

  @Test
  void aRegionCanBeCutOff() {
    double recall =
        lookups("faults: {partitions: [{at: 9m, for: 15m, regions: [europe, oceania]}]}\n")
            .recall();
    assertThat(recall).isBetween(0.35, 0.7);
  }

  @Test
  void whoLeavesForAWhileComesBack() {
    List<Integer> up = up(run("leave: {at: 10m, share: 0.5, for: 5m}\n"));
    assertThat(up.getFirst()).isEqualTo(100);
    assertThat(up).contains(50);
    assertThat(up.getLast()).isEqualTo(100);
  }

  @Test
  void aNetworkThatEverybodyHasLeftIsSilent() {
    SimulationReport report =
        run("leave: {at: 1m, share: 1}\nworkload: {lookups: 10, puts: 5, from: 2m}\n");
    assertThat(report.samples().getLast().up()).isZero();
    assertThat(report.operations()).isEmpty();
  }

  @Test
  void manyCanJoinAtOnceAndAreFound() {
    String mass = "join: [{at: 1m, nodes: 40, within: 10s}, {at: 2m, nodes: 10}]\n";
    SimulationReport report = run(mass + "workload: {lookups: 40, from: 10m, until: 20m}\n");
    assertThat(report.samples().getLast().up()).isEqualTo(150);
    assertThat(report.of(Kind.LOOKUP).orElseThrow().recall()).isGreaterThan(0.8);
  }

  @Test
  void slowPeersCostTime() {
    long usual = lookups("").latency().at(90);
    assertThat(lookups("faults: {slow: {share: 0.5, delay: 1s}}\n").latency().at(90))
        .isGreaterThan(2 * usual);
  }

  @Test
  void narrowLinesCostTime() {
    long usual = lookups("").latency().at(50);
    assertThat(lookups("network: {bandwidth: 1000}\n").latency().at(50)).isGreaterThan(2 * usual);
  }

  @Test
  void moreAreUpInTheEveningThanInTheMorning() {
    SimulationReport report =
        Simulation.run(
            ScenarioFile.parse(
                "test.yaml",
                """
                name: days
                nodes: 80
                duration: 1d
                engine: {upkeep: false}
                churn: {session: 2h, absence: 2h, shape: 1, diurnal: 0.8}
                """));
    List<Integer> up = up(report).subList(5, report.samples().size());
    int most = up.stream().mapToInt(Integer::intValue).max().orElseThrow();
    int least = up.stream().mapToInt(Integer::intValue).min().orElseThrow();
    assertThat(most).isGreaterThan(3 * least / 2);
  }

  @Test
  void wrongClocksBreakNoRule() {
    SimulationReport report =
        run(
            """
            workload: {puts: 20, provides: 20, pause: 5m}
            checks: {every: 1m}
            faults:
              clocks: {offset: 2h, drift: 500}
              jumps: [{at: 10m, share: 0.2, forward: 49h}, {at: 12m, share: 0.2, back: 1h}]
            """);
    assertThat(report.checks()).isPositive();
    assertThat(report.of(Kind.GET).orElseThrow().success()).isEqualTo(1);
  }
}
