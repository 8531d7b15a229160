package io.kadenza.kad.internal.metrics;

import io.kadenza.kad.metrics.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// How often a quantity lay between which bounds. Safe for use by any thread; recording costs two
/// additions.
final class Distribution {
  private final long[] bounds;
  private final double unit;
  private final LongAdder[] counts;
  private final LongAdder sum = new LongAdder();

  /// @param bounds ascending, in the unit that is told
  /// @param unit what is recorded for one of that unit
  Distribution(double[] bounds, double unit) {
    this.bounds = Arrays.stream(bounds).mapToLong(bound -> Math.round(bound * unit)).toArray();
    this.unit = unit;
    this.counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, _ -> new LongAdder());
  }

  void record(long value, int times) {
    // Few bounds, and most values below the first of them.
    int i = 0;
    while (i < bounds.length && value > bounds[i]) {
      i++;
    }
    counts[i].add(times);
    sum.add(value * times);
  }

  Metrics.Histogram told(String name, String label) {
    List<Double> limits = new ArrayList<>(bounds.length);
    for (long bound : bounds) {
      limits.add(bound / unit);
    }
    List<Long> told = new ArrayList<>(counts.length);
    for (LongAdder count : counts) {
      told.add(count.sum());
    }
    return new Metrics.Histogram(name, label, limits, told, sum.sum() / unit);
  }
}
