package io.kadenza.sim;

import java.util.Locale;

/// A report for people, as lines of plain text.
public final class ReportText {
  private ReportText() {}

  /// Writes a report.
  public static String of(SimulationReport report) {
    var out = new StringBuilder();
    Scenario scenario = report.scenario();
    line(out, "scenario", scenario.name() + ", seed " + scenario.seed());
    line(
        out,
        "network",
        Spelling.count(report.population())
            + " nodes, "
            + Spelling.of(scenario.duration())
            + " of virtual time");
    line(
        out,
        "messages",
        Spelling.count(report.messages())
            + " ("
            + Spelling.count(report.requests())
            + " requests, "
            + Spelling.count(report.dials())
            + " dials), "
            + Spelling.bytes(report.bytes()));
    line(
        out,
        "load",
        "requests received per server: median "
            + Spelling.count(report.load().at(50))
            + ", most "
            + Spelling.count(report.load().at(100))
            + "; sent: median "
            + Spelling.bytes(report.sent().at(50))
            + ", most "
            + Spelling.bytes(report.sent().at(100)));
    if (!report.samples().isEmpty()) {
      Sample last = report.samples().getLast();
      line(
          out,
          "tables",
          "mean "
              + Spelling.decimal(last.tableMean())
              + " peers, "
              + Spelling.percent(last.staleShare())
              + " of them off, "
              + Spelling.percent(last.lyingShare())
              + " liars; "
              + Spelling.percent(last.neighbours())
              + " of the closest known, at the end");
      if (last.copies() > 0) {
        line(
            out,
            "records",
            "mean "
                + Spelling.decimal(last.copies())
                + " copies, fewest "
                + last.copiesMin()
                + ", at the end");
      }
    }
    out.append('\n');
    operations(out, report);
    out.append('\n');
    if (report.checks() > 0) {
      line(out, "checks", Spelling.count(report.checks()) + " rounds, nothing found");
    }
    Cost cost = report.cost();
    line(
        out,
        "cost",
        String.format(
            Locale.ROOT,
            "%.1f CPU-s (set-up %.1f), %,.0f node-hours and %,.0f messages per CPU-s",
            cost.runSeconds(),
            cost.setupSeconds(),
            cost.nodeHoursPerSecond(),
            cost.messagesPerSecond()));
    if (cost.heapBytesPerNode() > 0) {
      line(out, "heap", String.format(Locale.ROOT, "%,d bytes a node", cost.heapBytesPerNode()));
    }
    line(out, "traceHash", report.traceHash());
    return out.toString();
  }

  private static void operations(StringBuilder out, SimulationReport report) {
    out.append(
        String.format(
            "%-9s%8s%9s%9s%11s%11s%11s%10s%8s%8s%n",
            "",
            "count",
            "success",
            "recall",
            "p50",
            "p99",
            "first p50",
            "requests",
            "dials",
            "failed"));
    for (OperationReport one : report.operations()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%-9s%8s%9s%9s%11s%11s%11s%10.1f%8.1f%8.1f%n",
              one.kind().spelling(),
              Spelling.count(one.count()),
              Spelling.percent(one.success()),
              Spelling.percent(one.recall()),
              Spelling.millis(one.latency().at(50)),
              Spelling.millis(one.latency().at(99)),
              one.first().isEmpty() ? "-" : Spelling.millis(one.first().at(50)),
              one.requests().mean(),
              one.dials().mean(),
              one.failed()));
    }
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(String.format("%-11s%s%n", name, value));
  }
}
