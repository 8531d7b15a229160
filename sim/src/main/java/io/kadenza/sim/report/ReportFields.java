package io.kadenza.sim.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A report for programs, as nested maps and lists of numbers and texts: whatever writes JSON can
/// write it. Times are in milliseconds.
public final class ReportFields {
  private static final int[] QUANTILES = {1, 10, 25, 50, 75, 90, 95, 99, 100};

  private ReportFields() {}

  /// The fields of a report.
  public static Map<String, Object> of(SimulationReport report) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("scenario", report.scenario().name());
    fields.put("seed", report.scenario().seed());
    fields.put("traceHash", report.traceHash());
    fields.put("nodes", report.population());
    fields.put("virtual_ms", millis(report.virtualNanos()));
    fields.put("messages", report.messages());
    fields.put("requests", report.requests());
    fields.put("dials", report.dials());
    fields.put("bytes", report.bytes());
    fields.put("load", quantiles(report.load(), false));
    fields.put("sent_bytes", quantiles(report.sent(), false));
    var operations = new ArrayList<Map<String, Object>>();
    report.operations().forEach(operation -> operations.add(operation(operation)));
    fields.put("operations", operations);
    var samples = new ArrayList<Map<String, Object>>();
    report.samples().forEach(sample -> samples.add(sample(sample)));
    fields.put("samples", samples);
    fields.put("checks", report.checks());
    fields.put("cost", cost(report.cost()));
    return fields;
  }

  private static Map<String, Object> operation(OperationReport report) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", report.kind().spelling());
    fields.put("count", report.count());
    fields.put("success", report.success());
    fields.put("recall", report.recall());
    fields.put("exact", report.exact());
    fields.put("timed_out", report.timedOut());
    fields.put("latency_ms", quantiles(report.latency(), true));
    fields.put("first_ms", quantiles(report.first(), true));
    fields.put("requests", report.requests().mean());
    fields.put("dials", report.dials().mean());
    fields.put("failed", report.failed());
    fields.put("hops", report.hops());
    return fields;
  }

  private static Map<String, Object> sample(Sample sample) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("at_ms", millis(sample.at()));
    fields.put("up", sample.up());
    fields.put("table_mean", sample.tableMean());
    fields.put("table_min", sample.tableMin());
    fields.put("stale", sample.staleShare());
    fields.put("lying", sample.lyingShare());
    fields.put("neighbours", sample.neighbours());
    fields.put("copies", sample.copies());
    fields.put("copies_min", sample.copiesMin());
    fields.put("messages", sample.messages());
    fields.put("bytes", sample.bytes());
    return fields;
  }

  private static Map<String, Object> cost(Cost cost) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("setup_cpu_seconds", cost.setupSeconds());
    fields.put("run_cpu_seconds", cost.runSeconds());
    fields.put("wall_seconds", cost.wallSeconds());
    fields.put("node_hours_per_cpu_second", cost.nodeHoursPerSecond());
    fields.put("messages_per_cpu_second", cost.messagesPerSecond());
    if (cost.heapBytesPerNode() > 0) {
      fields.put("heap_bytes_per_node", cost.heapBytesPerNode());
    }
    return fields;
  }

  private static Map<String, Object> quantiles(Distribution values, boolean times) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("count", values.count());
    for (int quantile : values.isEmpty() ? new int[0] : QUANTILES) {
      long value = values.at(quantile);
      fields.put("p" + quantile, times ? millis(value) : value);
    }
    return fields;
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
