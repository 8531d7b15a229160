package io.kadenza.sim;

import io.kadenza.sim.report.OperationReport;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Kind;
import io.kadenza.sim.scenario.Profile;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioFile;
import io.kadenza.sim.scenario.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// What attacks do to values and providers, as a table in Markdown: the engine as it is, on several
/// profiles, many seeds, the worst of them shown.
public final class SecurityTable {
  /// Few, so that even sixty liars next to each do not make up the network.
  private static final int KEYS = 5;

  private static final List<Profile> PROFILES =
      List.of(Profile.GO_LIKE, Profile.DEFAULT, Profile.HARDENED);

  private static final List<Row> ROWS =
      List.of(
          new Row("nobody lies", ""),
          new Row("25 % hijack routes", "attack: {byzantine: 0.25, lies: [hijack]}"),
          new Row("25 % answer nothing", "attack: {byzantine: 0.25, lies: [drop]}"),
          new Row("25 % fake providers", "attack: {byzantine: 0.25, lies: [fake-providers]}"),
          new Row("40 % fake providers", "attack: {byzantine: 0.4, lies: [fake-providers]}"),
          new Row("25 % wrong records", "attack: {byzantine: 0.25, lies: [wrong-records]}"),
          // As many as go unnoticed: with eight honest peers beside them they are no crowd.
          new Row(
              "12 ground Sybils and 25 % that withhold",
              "attack: {byzantine: 0.25, lies: [withhold], sybils-per-key: 12}"),
          new Row("20 ground Sybils", "attack: {sybils-per-key: 20}"),
          new Row("60 ground Sybils", "attack: {sybils-per-key: 60}"),
          new Row(
              "60 Sybils and 25 % fake providers",
              "attack: {byzantine: 0.25, lies: [fake-providers], sybils-per-key: 60}"),
          new Row("50 % leave after the put", "leave: {at: 8m, share: 0.5}"));

  private final int nodes;
  private final long firstSeed;
  private final int seeds;

  private record Row(String name, String yaml) {}

  /// @param nodes honest and lying ones, ground ones not counted
  public SecurityTable(int nodes, long firstSeed, int seeds) {
    this.nodes = nodes;
    this.firstSeed = firstSeed;
    this.seeds = seeds;
  }

  /// Runs everything and hands out the table line by line.
  public void write(Consumer<String> out) {
    out.accept(
        "| attack | profile | GET success (worst seed) | FIND success (worst seed)"
            + " | requests: PUT | GET | PROVIDE | FIND | GET p50 |");
    out.accept("|---|---|---|---|---|---|---|---|---|");
    for (Row row : ROWS) {
      for (Profile profile : PROFILES) {
        out.accept(line(row, profile));
      }
    }
  }

  /// The scenario that takes most memory: all of them are of one size.
  public Scenario largest() {
    return scenario(ROWS.getFirst(), Profile.DEFAULT);
  }

  private String line(Row row, Profile profile) {
    var reports = new ArrayList<SimulationReport>();
    for (int i = 0; i < seeds; i++) {
      reports.add(Simulation.run(scenario(row, profile).withSeed(firstSeed + i)));
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %.1f | %.1f | %.1f | %.1f | %s |",
        row.name,
        profile.spelling(),
        success(reports, Kind.GET),
        success(reports, Kind.FIND),
        requests(reports, Kind.PUT),
        requests(reports, Kind.GET),
        requests(reports, Kind.PROVIDE),
        requests(reports, Kind.FIND),
        median(reports));
  }

  private Scenario scenario(Row row, Profile profile) {
    // Puts in the first four minutes, searches ten minutes later: whoever leaves does so between.
    return ScenarioFile.parse(
        row.name,
        String.format(
            Locale.ROOT,
            """
            name: security
            nodes: %d
            duration: 15m
            profile: %s
            engine: {upkeep: false, contacts: 256}
            workload: {puts: %d, provides: %d, until: 4m, pause: 10m}
            %s
            """,
            nodes,
            profile.spelling(),
            KEYS,
            KEYS,
            row.yaml));
  }

  private static String success(List<SimulationReport> reports, Kind kind) {
    double sum = 0;
    double worst = 1;
    for (SimulationReport report : reports) {
      double success = report.of(kind).map(OperationReport::success).orElse(0.0);
      sum += success;
      worst = Math.min(worst, success);
    }
    return Spelling.percent(sum / reports.size()) + " (" + Spelling.percent(worst) + ")";
  }

  private static double requests(List<SimulationReport> reports, Kind kind) {
    return reports.stream()
        .mapToDouble(report -> report.of(kind).map(one -> one.requests().mean()).orElse(0.0))
        .average()
        .orElse(0);
  }

  private static String median(List<SimulationReport> reports) {
    double mean =
        reports.stream()
            .mapToLong(report -> report.of(Kind.GET).map(one -> one.latency().at(50)).orElse(0L))
            .average()
            .orElse(0);
    return Spelling.millis((long) mean);
  }
}
