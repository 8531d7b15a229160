package io.kadenza.sim.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.sim.Simulation;
import io.kadenza.sim.check.AlphaBound;
import io.kadenza.sim.check.Violation;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioFile;
import io.kadenza.sim.shrink.ScenarioTree.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final String LARGE =
      """
      name: large
      nodes: 100
      clients: 3
      duration: 1h
      churn: {session: 20m}
      leave: [{at: 10m, share: 0.1}, {at: 20m, share: 0.2, for: 5m}]
      workload: {lookups: 100, puts: 20, pause: 10s}
      faults: {slow: {share: 0.1, delay: 100ms}, jumps: [{at: 1m, share: 0.1, back: 1h}]}
      checks: {every: 1m}
      """;

  private static Optional<Shrinker.Result> shrink(Shrinker.Trial trial) {
    return Shrinker.shrink("large.yaml", LARGE, 1, Duration.ofMinutes(1), trial, (_, _, _) -> {});
  }

  /// Fails while there are lookups, and at least as many nodes as it takes.
  private static void lookupsOfMany(Scenario scenario) {
    if (scenario.nodes() >= 10 && scenario.workload().lookups() > 0) {
      throw new Violation("planted", "too many").at(Duration.ofMinutes(5));
    }
  }

  @Test
  void whatIsNotNeededGoes() {
    Shrinker.Result result = shrink((scenario, _) -> lookupsOfMany(scenario)).orElseThrow();
    Scenario small = ScenarioFile.parse("small.yaml", result.yaml());
    assertThat(result.yaml())
        .doesNotContain("churn", "leave", "faults", "clients", "puts", "pause")
        .contains("checks: {every: 1m}", "seed: 1");
    assertThat(small.nodes()).isBetween(10, 13);
    assertThat(small.workload().lookups()).isEqualTo(1);
    assertThat(small.duration()).isLessThanOrEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aPartitionThatIsToBeSurvivedGoesIfSomethingElseFails() {
    String parted =
        LARGE
            .replace("faults: {", "faults: {partitions: {at: 10m, for: 10m, share: 0.5}, ")
            .replace("every: 1m", "every: 1m, agree-within: 10m");
    Shrinker.Result result =
        Shrinker.shrink(
                "large.yaml",
                parted,
                1,
                Duration.ofMinutes(1),
                (scenario, _) -> lookupsOfMany(scenario),
                (_, _, _) -> {})
            .orElseThrow();
    assertThat(result.yaml()).doesNotContain("partitions", "agree-within").contains("every: 1m");
  }

  @Test
  void whatFailsInAnotherWayIsNotTheSame() {
    Shrinker.Result result =
        shrink(
                (scenario, _) -> {
                  if (scenario.nodes() < 50) {
                    throw new Violation("other", "too few");
                  }
                  lookupsOfMany(scenario);
                })
            .orElseThrow();
    assertThat(ScenarioFile.parse("small.yaml", result.yaml()).nodes()).isGreaterThanOrEqualTo(50);
    assertThat(result.violation().rule()).isEqualTo("planted");
  }

  @Test
  void whatDoesNotFailIsNotShrunk() {
    var tried = new ArrayList<String>();
    Optional<Shrinker.Result> result =
        Shrinker.shrink(
            "large.yaml",
            LARGE,
            1,
            Duration.ofMinutes(1),
            (_, _) -> {},
            (_, change, _) -> tried.add(change));
    assertThat(result).isEmpty();
    assertThat(tried).isEmpty();
  }

  @Test
  void aSmallCaseOfARealRunFailsAgain() {
    Shrinker.Trial strict =
        (scenario, progress) ->
            Simulation.run(scenario, "large.yaml", List.of(new AlphaBound(2, 2)), progress);
    Shrinker.Result result = shrink(strict).orElseThrow();
    Scenario small = ScenarioFile.parse("small.yaml", result.yaml());
    assertThat(small.nodes()).isLessThanOrEqualTo(10);
    assertThat(small.duration()).isLessThan(Duration.ofMinutes(2));
    assertThat(result.violation()).hasMessageContaining("alpha: node");
  }

  @Test
  void theTimeIsBounded() {
    var runs = new int[1];
    Optional<Shrinker.Result> result =
        Shrinker.shrink(
            "large.yaml",
            LARGE,
            1,
            Duration.ZERO,
            (scenario, progress) -> {
              runs[0]++;
              if (runs[0] > 1) {
                progress.at(Duration.ZERO, Duration.ZERO, 0);
              }
              lookupsOfMany(scenario);
            },
            (_, _, _) -> {});
    assertThat(runs[0]).isEqualTo(2);
    assertThat(result.orElseThrow().yaml()).contains("nodes: 100");
  }

  @Test
  void aTreeIsWrittenAsItWasRead() {
    ScenarioTree tree = ScenarioTree.of(LARGE);
    assertThat(tree.yaml()).isEqualTo(LARGE);
    assertThat(tree.without(Path.of("leave", 0, "share")).yaml())
        .contains("leave: [{at: 10m}, {at: 20m");
    assertThat(tree.without(Path.of("leave", 1)).yaml()).contains("share: 0.1}]\n");
    assertThat(tree.with(Path.of("engine"), "x").yaml()).endsWith("engine: x\n");
  }
}
