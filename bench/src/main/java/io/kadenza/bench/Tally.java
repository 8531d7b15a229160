package io.kadenza.bench;

import org.HdrHistogram.Histogram;

/// What the callers of one load have achieved. Confined to the generator's event loop.
final class Tally implements Answers {
  private static final long HIGHEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final Histogram latencies = new Histogram(HIGHEST_NANOS, DIGITS);
  private long failures;
  private String firstFailure = "";
  private boolean stopped;

  @Override
  public void answered(long nanos) {
    latencies.recordValue(Math.clamp(nanos, 1, HIGHEST_NANOS));
  }

  @Override
  public void failed(String why) {
    if (stopped) {
      return;
    }
    if (failures++ == 0) {
      firstFailure = why;
    }
  }

  /// Begins to count anew.
  void restart() {
    latencies.reset();
    failures = 0;
  }

  /// Tells the callers to send nothing more.
  void stop() {
    stopped = true;
  }

  @Override
  public boolean wantsMore() {
    return !stopped;
  }

  long operations() {
    return latencies.getTotalCount();
  }

  long failures() {
    return failures;
  }

  String firstFailure() {
    return firstFailure;
  }

  double percentileMicros(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e3;
  }
}
