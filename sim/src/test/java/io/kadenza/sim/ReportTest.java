package io.kadenza.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.sim.report.Distribution;
import io.kadenza.sim.report.HtmlReport;
import io.kadenza.sim.report.ReportFields;
import io.kadenza.sim.report.ReportText;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Scenario SCENARIO =
      ScenarioFile.parse(
          "test.yaml",
          """
          name: small
          nodes: 60
          duration: 5m
          engine: {upkeep: false}
          workload: {lookups: 20, puts: 5, pause: 1s}
          """);

  @Test
  void theTextNamesEveryKindAndTheTrace() {
    SimulationReport report = Simulation.run(SCENARIO);
    assertThat(ReportText.of(report))
        .contains("lookup", "put", "get", "100.0 %", "traceHash  " + report.traceHash());
  }

  @Test
  void theFieldsCarryTheTraceHash() {
    SimulationReport report = Simulation.run(SCENARIO);
    assertThat(ReportFields.of(report))
        .containsEntry("traceHash", report.traceHash())
        .containsEntry("nodes", 60)
        .containsKeys("operations", "samples", "cost", "bytes", "sent_bytes", "load");
  }

  @Test
  void thePageNeedsNothingFromElsewhere(@TempDir Path directory) throws IOException {
    Path file = HtmlReport.write(directory.resolve("report"), Simulation.run(SCENARIO));
    String page = Files.readString(file);
    assertThat(page)
        .contains("<svg", "Latency", "Table fill", "Messages")
        .contains("Closest peers known", "Copies of a record", "Bytes", "Load");
    assertThat(page).doesNotContain("http:", "https:", "src=", "<script", "NaN");
  }

  @Test
  void theMachinesLanguageChangesNothing() {
    Scenario scenario =
        ScenarioFile.parse(
            "test.yaml",
            """
            name: updates
            nodes: 30
            duration: 5m
            engine: {upkeep: false}
            workload: {puts: 3, updates: 2, pause: 1s}
            """);
    SimulationReport report = Simulation.run(scenario);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      SimulationReport again = Simulation.run(scenario);
      assertThat(again.traceHash()).isEqualTo(report.traceHash());
      assertThat(again.bytes()).isEqualTo(report.bytes());
      assertThat(again.operations()).isEqualTo(report.operations());
      assertThat(HtmlReport.of(again)).contains("<svg viewBox=\"0 0 640 260\"", "class=\"c0\"");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aScenarioComparedWithItselfDoesNotDiffer() {
    var side = new Comparison.Side(SCENARIO, "small.yaml");
    Comparison comparison = Comparison.run(side, side, 1, 2, Progress.NONE);
    assertThat(comparison.rows()).isNotEmpty().noneMatch(Comparison.Row::differs);
    assertThat(comparison.toString()).contains("small", "lookup success %");
  }

  @Test
  void oneSeedTellsNoDifferenceFromChance() {
    var side = new Comparison.Side(SCENARIO, "small.yaml");
    var other =
        new Comparison.Side(
            SCENARIO.withEngine(SCENARIO.engine().withRegion(0)), "no-regions.yaml");
    Comparison comparison = Comparison.run(side, other, 1, 1, Progress.NONE);
    assertThat(comparison.rows())
        .anyMatch(row -> row.meanA() != row.meanB())
        .noneMatch(Comparison.Row::differs);
  }

  @Test
  void aDistributionKnowsItsQuantiles() {
    var random = new SplittableRandom(1);
    var list = new LongList();
    for (int i = 0; i < 10_000; i++) {
      list.add(random.nextInt(1_000));
    }
    Distribution distribution = list.distribution();
    assertThat(distribution.at(0)).isZero();
    assertThat(distribution.at(50)).isBetween(480L, 520L);
    assertThat(distribution.at(100)).isEqualTo(999);
    assertThat(new LongList().distribution().at(99)).isZero();
  }
}
