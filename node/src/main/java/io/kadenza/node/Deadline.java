package io.kadenza.node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A point on the monotonic clock by which several waits together must be over.
public record Deadline(long nanoTime) {

  /// The point `limit` from now.
  public static Deadline after(Duration limit) {
    return new Deadline(System.nanoTime() + TimeUnit.NANOSECONDS.convert(limit));
  }

  /// What is left, a millisecond at least: whoever waits looks once.
  public Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, nanoTime - System.nanoTime()));
  }

  public boolean isOver() {
    return nanoTime - System.nanoTime() <= 0;
  }

  /// What is left, but no more than `most`.
  public Duration leftAtMost(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }
}
