package io.kadenza.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.sim.check.AlphaBound;
import io.kadenza.sim.check.Checker;
import io.kadenza.sim.check.TableBounds;
import io.kadenza.sim.check.Violation;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.report.OperationReport;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Kind;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final String STATIC =
      """
      name: static
      nodes: 200
      duration: 10m
      engine: {upkeep: false, hedged: false, ip-limits: false}
      workload: {lookups: 60, puts: 20, provides: 20, pause: 10s}
      """;

  private static final String JOINING =
      """
      name: joining
      nodes: 40
      clients: 5
      duration: 30m
      begin: bootstrap
      churn: {session: 20m, absence: 5m}
      workload: {lookups: 30, puts: 20, provides: 10, from: 10m, pause: 10s}
      checks: {every: 1m}
      """;

  private static SimulationReport run(String scenario) {
    return Simulation.run(ScenarioFile.parse("test.yaml", scenario));
  }

  private static OperationReport of(SimulationReport report, Kind kind) {
    return report.of(kind).orElseThrow();
  }

  @Test
  void aStaticNetworkFindsEverything() {
    SimulationReport report = run(STATIC);
    for (OperationReport operation : report.operations()) {
      assertThat(operation.success()).as("%s", operation).isEqualTo(1);
      assertThat(operation.exact()).as("%s", operation).isEqualTo(1);
    }
    assertThat(of(report, Kind.LOOKUP).count()).isEqualTo(60);
    assertThat(of(report, Kind.GET).count()).isEqualTo(20);
    assertThat(of(report, Kind.FIND).count()).isEqualTo(20);
  }

  @Test
  void theSameSeedIsTheSameRunAndAnotherSeedAnother() {
    SimulationReport first = run(JOINING);
    SimulationReport again = run(JOINING);
    SimulationReport other = run(JOINING + "seed: 2\n");
    assertThat(again.traceHash()).isEqualTo(first.traceHash());
    assertThat(again.operations()).isEqualTo(first.operations());
    assertThat(again.samples()).isEqualTo(first.samples());
    assertThat(other.traceHash()).isNotEqualTo(first.traceHash());
  }

  @Test
  void aNetworkThatJoinsAndChurnsKeepsTheRules() {
    SimulationReport report = run(JOINING);
    assertThat(report.checks()).isGreaterThan(25);
    assertThat(of(report, Kind.PUT).success()).isGreaterThan(0.9);
  }

  @Test
  void aPlantedFaultIsCaughtAndTheMessageSaysHowToSeeItAgain() {
    Scenario scenario = ScenarioFile.parse("test.yaml", JOINING).withSeed(7);
    Checker tooStrict = new AlphaBound(2, 2);
    assertThatThrownBy(
            () -> Simulation.run(scenario, "test.yaml", List.of(tooStrict), Progress.NONE))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("alpha")
        .hasMessageContaining("kad sim run test.yaml --seed 7");
  }

  @Test
  void aTableThatIsTooFullIsCaught() {
    Scenario scenario = ScenarioFile.parse("test.yaml", JOINING);
    Checker tooStrict = new TableBounds(5);
    assertThatThrownBy(
            () -> Simulation.run(scenario, "test.yaml", List.of(tooStrict), Progress.NONE))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("k is 5");
  }

  @Test
  void checkersSeeWhatHappens() {
    var seen = new int[2];
    Checker counting =
        new Checker() {
          @Override
          public void happened(SimNode node, EngineEvent event) {
            seen[0]++;
          }

          @Override
          public void inspect(Network network) {
            seen[1]++;
          }
        };
    Scenario watched = ScenarioFile.parse("test.yaml", JOINING);
    watched = watched.withEngine(watched.engine().withTraces(true));
    Simulation.run(watched, "x", List.of(counting), Progress.NONE);
    assertThat(seen[0]).isPositive();
    assertThat(seen[1]).isPositive();
  }

  @Test
  void deadPeersCostTimeAndHardlyAnyRecall() {
    OperationReport alive = of(run(STATIC), Kind.LOOKUP);
    OperationReport dead = of(run(STATIC + "dead: 0.2\n"), Kind.LOOKUP);
    assertThat(dead.recall()).isGreaterThan(0.97);
    assertThat(dead.failed()).isPositive();
    assertThat(dead.latency().at(50)).isGreaterThan(2 * alive.latency().at(50));
  }

  @Test
  void groundSybilsMakeValuesVanishWhereNobodyLooksBeyondTheClosest() {
    String attack =
        STATIC.replace("puts: 20, provides: 20", "puts: 5") + "attack: {sybils-per-key: 60}\n";
    SimulationReport goLike = run(attack + "profile: go-like\n");
    assertThat(of(goLike, Kind.PUT).success()).isEqualTo(1);
    assertThat(of(goLike, Kind.GET).success()).isLessThan(0.5);
    assertThat(of(run(attack), Kind.GET).success()).isEqualTo(1);
  }

  @Test
  void fakeProvidersEndASearchThatCounts() {
    String attack = STATIC + "attack: {byzantine: 0.4, lies: [fake-providers]}\n";
    double counting = of(run(attack + "profile: go-like\n"), Kind.FIND).success();
    double walkingOn = of(run(attack), Kind.FIND).success();
    assertThat(counting).isLessThan(0.9);
    assertThat(walkingOn).isGreaterThan(0.9);
  }

  @Test
  void whoLeavesIsGone() {
    SimulationReport report = run(STATIC + "leave: {at: 5m, share: 0.5}\n");
    assertThat(report.samples().getFirst().up()).isEqualTo(200);
    assertThat(report.samples().getLast().up()).isEqualTo(100);
    assertThat(report.samples().getLast().staleShare()).isBetween(0.3, 0.6);
  }
}
