package io.kadenza.sim.report;

import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.Spelling;
import java.util.Locale;

/// A report for people, as lines of plain text: a name and what there is to say of it, and a table
/// of the operations.
public final class ReportText {
  private final SimulationReport report;
  private final StringBuilder out = new StringBuilder();

  private ReportText(SimulationReport report) {
    this.report = report;
  }

  /// Writes a report.
  public static String of(SimulationReport report) {
    var text = new ReportText(report);
    text.setting();
    text.traffic();
    text.end();
    text.out.append('\n');
    text.operations();
    text.out.append('\n');
    text.checksAndCost();
    return text.out.toString();
  }

  private void setting() {
    Scenario scenario = report.scenario();
    line("scenario", scenario.name() + ", seed " + scenario.seed());
    line(
        "network",
        "%s nodes, %s of virtual time"
            .formatted(Spelling.count(report.population()), Spelling.of(scenario.duration())));
  }

  private void traffic() {
    line(
        "messages",
        "%s (%s requests, %s dials), %s"
            .formatted(
                Spelling.count(report.messages()),
                Spelling.count(report.requests()),
                Spelling.count(report.dials()),
                Spelling.bytes(report.bytes())));
    line(
        "load",
        "requests received per server: median %s, most %s; sent: median %s, most %s"
            .formatted(
                Spelling.count(report.load().at(50)),
                Spelling.count(report.load().at(100)),
                Spelling.bytes(report.sent().at(50)),
                Spelling.bytes(report.sent().at(100))));
  }

  /// How the network was when it was last looked at, if ever.
  private void end() {
    if (report.samples().isEmpty()) {
      return;
    }
    Sample last = report.samples().getLast();
    line(
        "tables",
        "mean %s peers, %s of them off, %s liars; %s of the closest known, at the end"
            .formatted(
                Spelling.decimal(last.tableMean()),
                Spelling.percent(last.staleShare()),
                Spelling.percent(last.lyingShare()),
                Spelling.percent(last.neighbours())));
    if (last.copies() > 0) {
      line(
          "records",
          "mean %s copies, fewest %s, at the end"
              .formatted(Spelling.decimal(last.copies()), last.copiesMin()));
    }
  }

  private void operations() {
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

  private void checksAndCost() {
    if (report.checks() > 0) {
      line("checks", Spelling.count(report.checks()) + " rounds, nothing found");
    }
    Cost cost = report.cost();
    line(
        "cost",
        String.format(
            Locale.ROOT,
            "%.1f CPU-s (set-up %.1f), %,.0f node-hours and %,.0f messages per CPU-s",
            cost.runSeconds(),
            cost.setupSeconds(),
            cost.nodeHoursPerSecond(),
            cost.messagesPerSecond()));
    if (cost.heapBytesPerNode() > 0) {
      line("heap", String.format(Locale.ROOT, "%,d bytes a node", cost.heapBytesPerNode()));
    }
    line("traceHash", report.traceHash());
  }

  private void line(String name, String value) {
    out.append(String.format("%-11s%s%n", name, value));
  }
}
