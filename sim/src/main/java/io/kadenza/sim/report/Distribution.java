package io.kadenza.sim.report;

import java.util.Arrays;

/// What a value was like over all measurements. The quantiles lie at every hundredth, so that two
/// runs compare and a curve can be drawn. Immutable.
public final class Distribution {
  private static final int STEPS = 100;
  private static final Distribution NONE = new Distribution(0, 0, new long[0]);

  private final long count;
  private final double mean;
  private final long[] percentiles;

  private Distribution(long count, double mean, long[] percentiles) {
    this.count = count;
    this.mean = mean;
    this.percentiles = percentiles;
  }

  /// The distribution of values that come in order, the least first.
  public static Distribution ofSorted(long[] sorted) {
    if (sorted.length == 0) {
      return NONE;
    }
    long[] percentiles = new long[STEPS + 1];
    double sum = 0;
    for (long value : sorted) {
      sum += value;
    }
    for (int i = 0; i <= STEPS; i++) {
      int rank = (int) (((long) sorted.length * i + STEPS - 1) / STEPS);
      percentiles[i] = sorted[Math.max(0, rank - 1)];
    }
    return new Distribution(sorted.length, sum / sorted.length, percentiles);
  }

  /// How many measurements there were.
  public long count() {
    return count;
  }

  /// Zero without any.
  public double mean() {
    return mean;
  }

  /// The value that `hundredths` percent of the measurements do not exceed; zero without any.
  public long at(int hundredths) {
    return percentiles.length == 0 ? 0 : percentiles[hundredths];
  }

  public boolean isEmpty() {
    return count == 0;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Distribution other
        && count == other.count
        && mean == other.mean
        && Arrays.equals(percentiles, other.percentiles);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(percentiles);
  }

  @Override
  public String toString() {
    return "p50 " + at(50) + ", p99 " + at(99) + " of " + count;
  }
}
