package io.kadenza.sim;

import io.kadenza.sim.report.Distribution;
import java.util.Arrays;

/// Measured values, unboxed.
final class LongList {
  private long[] values = new long[64];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /// The values in ascending order.
  Distribution distribution() {
    long[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return Distribution.ofSorted(sorted);
  }
}
