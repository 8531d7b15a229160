package io.kadenza.sim;

import io.kadenza.sim.report.OperationReport;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Kind;
import io.kadenza.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Two scenarios on the same seeds, side by side.
///
/// @param a the name of the first
/// @param b the name of the second
/// @param seeds how many seeds each ran on
public record Comparison(String a, String b, int seeds, List<Row> rows) {
  /// Within so many standard errors lie 95 percent of all means, by the number of seeds, from two
  /// on: Student's t. The last is good enough for more.
  private static final double[] STANDARD_ERRORS = {
    12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.2
  };

  private static final double NANOS_PER_MILLI = 1e6;

  public Comparison {
    rows = List.copyOf(rows);
  }

  /// One figure of both.
  ///
  /// @param spreadA half the width of the confidence interval; 0 with one seed
  /// @param differs whether the intervals do not touch; never with one seed, which says nothing
  ///   about others
  public record Row(
      String name, double meanA, double spreadA, double meanB, double spreadB, boolean differs) {}

  /// A scenario that is compared.
  ///
  /// @param origin the file that it comes from, for the command that replays it
  public record Side(Scenario scenario, String origin) {
    private SimulationReport run(long seed, Progress progress) {
      return Simulation.run(scenario.withSeed(seed), origin, List.of(), progress);
    }
  }

  private interface Figure {
    double of(OperationReport report);
  }

  /// Runs both scenarios on the seeds from `firstSeed` on; throws [io.kadenza.sim.check.Violation]
  /// if a checker objects.
  public static Comparison run(Side a, Side b, long firstSeed, int seeds, Progress progress) {
    var reportsA = new ArrayList<SimulationReport>();
    var reportsB = new ArrayList<SimulationReport>();
    for (int i = 0; i < seeds; i++) {
      long seed = firstSeed + i;
      reportsA.add(a.run(seed, progress));
      reportsB.add(b.run(seed, progress));
    }
    var rows = new ArrayList<Row>();
    for (Kind kind : Kind.values()) {
      if (reportsA.getFirst().of(kind).isEmpty() || reportsB.getFirst().of(kind).isEmpty()) {
        continue;
      }
      add(rows, kind, "success %", reportsA, reportsB, one -> 100 * one.success());
      add(rows, kind, "recall %", reportsA, reportsB, one -> 100 * one.recall());
      add(rows, kind, "p50 ms", reportsA, reportsB, one -> one.latency().at(50) / NANOS_PER_MILLI);
      add(rows, kind, "p99 ms", reportsA, reportsB, one -> one.latency().at(99) / NANOS_PER_MILLI);
      add(rows, kind, "requests", reportsA, reportsB, one -> one.requests().mean());
      add(rows, kind, "dials", reportsA, reportsB, one -> one.dials().mean());
    }
    return new Comparison(a.scenario.name(), b.scenario.name(), seeds, rows);
  }

  private static void add(
      List<Row> rows,
      Kind kind,
      String name,
      List<SimulationReport> a,
      List<SimulationReport> b,
      Figure figure) {
    double[] valuesA = values(a, kind, figure);
    double[] valuesB = values(b, kind, figure);
    double meanA = mean(valuesA);
    double meanB = mean(valuesB);
    double spreadA = spread(valuesA, meanA);
    double spreadB = spread(valuesB, meanB);
    boolean known = Math.min(valuesA.length, valuesB.length) > 1;
    boolean differs = known && Math.abs(meanA - meanB) > spreadA + spreadB;
    rows.add(new Row(kind.spelling() + " " + name, meanA, spreadA, meanB, spreadB, differs));
  }

  private static double[] values(List<SimulationReport> reports, Kind kind, Figure figure) {
    return reports.stream()
        .flatMap(report -> report.of(kind).stream())
        .mapToDouble(figure::of)
        .toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  private static double spread(double[] values, double mean) {
    if (values.length < 2) {
      return 0;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double errors = STANDARD_ERRORS[Math.min(values.length, STANDARD_ERRORS.length + 1) - 2];
    return errors * Math.sqrt(squares / (values.length - 1) / values.length);
  }

  /// A table for people; a star where the difference is more than chance.
  @Override
  public String toString() {
    var out = new StringBuilder();
    out.append(String.format(Locale.ROOT, "%-18s %22s %22s   (%d seeds)%n", "", a, b, seeds));
    for (Row row : rows) {
      out.append(
          String.format(
              Locale.ROOT,
              "%-18s %,12.1f ± %,7.1f %,12.1f ± %,7.1f %s%n",
              row.name,
              row.meanA,
              row.spreadA,
              row.meanB,
              row.spreadB,
              row.differs ? "*" : ""));
    }
    return out.toString();
  }
}
