package io.kadenza.sim.report;

import io.kadenza.sim.scenario.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// A report as one page that needs nothing but itself.
public final class HtmlReport {
  private static final double NANOS_PER_MINUTE = 60e9;

  private HtmlReport() {}

  /// Writes `index.html` into a directory, which is made if need be; returns the file.
  public static Path write(Path directory, SimulationReport report) throws IOException {
    Files.createDirectories(directory);
    return Files.writeString(directory.resolve("index.html"), of(report));
  }

  /// The page as a whole.
  public static String of(SimulationReport report) {
    String title = report.scenario().name() + ", seed " + report.scenario().seed();
    var page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(Markup.escaped(title))
        .append("</title>\n<meta name=\"viewport\" content=\"width=device-width\"><style>\n")
        .append(Markup.STYLE)
        .append("</style></head><body>\n<h1>")
        .append(Markup.escaped(title))
        .append("</h1>\n<main>\n");
    success(page, report);
    for (Chart chart : charts(report)) {
      if (!chart.isEmpty()) {
        page.append(chart.svg());
      }
    }
    return page.append("</main>\n<pre>")
        .append(Markup.escaped(ReportText.of(report)))
        .append("</pre>\n</body></html>\n")
        .toString();
  }

  private static void success(StringBuilder page, SimulationReport report) {
    page.append("<figure><figcaption>Success and recall</figcaption>\n<table>\n")
        .append(
            "<tr><th></th><th>count</th><th colspan=2>success</th><th colspan=2>recall</th></tr>");
    for (OperationReport one : report.operations()) {
      page.append("<tr><td>").append(one.kind().spelling()).append("</td><td>");
      page.append(Spelling.count(one.count())).append("</td>");
      bar(page, one.success());
      bar(page, one.recall());
      page.append("</tr>\n");
    }
    page.append("</table></figure>\n");
  }

  private static void bar(StringBuilder page, double share) {
    page.append(
        String.format(
            Locale.ROOT,
            "<td><meter min=\"0\" max=\"1\" value=\"%.3f\"></meter></td><td>%s</td>",
            share,
            Spelling.percent(share)));
  }

  private static List<Chart> charts(SimulationReport report) {
    var charts = new ArrayList<Chart>();
    var latency = new Chart("Latency", "milliseconds", "percent that took no longer");
    for (OperationReport one : report.operations()) {
      latency.line(one.kind().spelling(), quantiles(one.latency()), hundredths());
    }
    charts.add(latency);
    charts.add(overTime(report, "Messages", "messages per sample", Sample::messages));
    Chart tables = overTime(report, "Table fill", "peers", Sample::tableMean);
    tables.line("smallest", minutes(report), values(report, Sample::tableMin));
    charts.add(tables);
    Chart health =
        overTime(report, "Closest peers known", "percent", one -> 100 * one.neighbours());
    health.line(
        "entries that are off", minutes(report), values(report, one -> 100 * one.staleShare()));
    health.line("entries that lie", minutes(report), values(report, one -> 100 * one.lyingShare()));
    charts.add(health);
    if (report.samples().stream().anyMatch(one -> one.copies() > 0)) {
      Chart copies = overTime(report, "Copies of a record", "honest nodes", Sample::copies);
      copies.line("fewest", minutes(report), values(report, Sample::copiesMin));
      charts.add(copies);
    }
    charts.add(overTime(report, "Bytes", "bytes per sample", Sample::bytes));
    var load = new Chart("Load", "requests received", "percent of the servers with no more");
    load.line("servers", plain(report.load()), hundredths());
    charts.add(load);
    charts.add(overTime(report, "Nodes up", "nodes", Sample::up));
    return charts;
  }

  private interface Value {
    double of(Sample sample);
  }

  private static Chart overTime(SimulationReport report, String title, String unit, Value value) {
    var chart = new Chart(title, "virtual minutes", unit);
    chart.line(title, minutes(report), values(report, value));
    return chart;
  }

  private static List<Double> minutes(SimulationReport report) {
    return values(report, sample -> sample.at() / NANOS_PER_MINUTE);
  }

  private static List<Double> values(SimulationReport report, Value value) {
    var values = new ArrayList<Double>(report.samples().size());
    report.samples().forEach(sample -> values.add(value.of(sample)));
    return values;
  }

  private static List<Double> quantiles(Distribution distribution) {
    var values = new ArrayList<Double>();
    for (int i = 0; i <= 100; i++) {
      values.add((double) TimeUnit.NANOSECONDS.toMillis(distribution.at(i)));
    }
    return values;
  }

  private static List<Double> plain(Distribution distribution) {
    var values = new ArrayList<Double>();
    for (int i = 0; i <= 100; i++) {
      values.add((double) distribution.at(i));
    }
    return values;
  }

  private static List<Double> hundredths() {
    var values = new ArrayList<Double>();
    for (int i = 0; i <= 100; i++) {
      values.add((double) i);
    }
    return values;
  }
}
