package io.kadenza.sim;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.sim.report.OperationReport;
import io.kadenza.sim.scenario.Kind;

/// The measurements of one kind of operation, as they come in.
final class Series {
  private final Kind kind;
  private final LongList latency = new LongList();
  private final LongList first = new LongList();
  private final LongList requests = new LongList();
  private final LongList dials = new LongList();
  private long count;
  private long succeeded;
  private long exact;
  private long unfinished;
  private long failedRequests;
  private double recall;
  private double hops;

  Series(Kind kind) {
    this.kind = kind;
  }

  /// Notes the end of an operation.
  ///
  /// @param share how much of what there was to find was found, 0 to 1
  /// @param sent requests in all, those that store something included
  void add(boolean success, double share, LookupStats stats, long took, long sent, long dialled) {
    count++;
    succeeded += success ? 1 : 0;
    exact += share == 1 ? 1 : 0;
    unfinished += stats.reason() == Termination.TIMED_OUT ? 1 : 0;
    failedRequests += stats.failed();
    recall += share;
    hops += stats.hops();
    latency.add(took);
    requests.add(sent);
    dials.add(dialled);
  }

  /// Notes when an operation saw the first thing that it looked for.
  void addFirst(long took) {
    first.add(took);
  }

  OperationReport report() {
    double n = Math.max(1, count);
    return new OperationReport(
        kind,
        count,
        succeeded / n,
        recall / n,
        exact / n,
        unfinished,
        latency.distribution(),
        first.distribution(),
        requests.distribution(),
        dials.distribution(),
        failedRequests / n,
        hops / n);
  }
}
