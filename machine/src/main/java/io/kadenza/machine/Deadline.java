package io.kadenza.machine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A point on the machine's own monotonic clock by which several waits together must be over: for
/// code that blocks. A core is told the time with [Now] instead.
///
/// @param nanos comparable with [System#nanoTime()] by subtraction
public record Deadline(long nanos) {
  private static final long LEAST_NANOS = 1_000_000;

  /// The point `limit` from now, however long that is: the clock may wrap on the way.
  public static Deadline after(Duration limit) {
    return new Deadline(System.nanoTime() + TimeUnit.NANOSECONDS.convert(limit));
  }

  /// What is left, a millisecond at least: whoever waits looks once.
  public Duration left() {
    return Duration.ofNanos(leftNanos());
  }

  /// [#left] in nanoseconds.
  public long leftNanos() {
    return Math.max(LEAST_NANOS, nanos - System.nanoTime());
  }

  /// What is left, but no more than `most`.
  public Duration leftAtMost(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }

  public boolean isOver() {
    return nanos - System.nanoTime() <= 0;
  }
}
