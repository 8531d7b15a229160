package io.kadenza.kad.internal.server;

import io.kadenza.kad.engine.Rate;
import java.util.concurrent.atomic.AtomicLong;

/// What somebody may still ask for: a token bucket, kept as the time at which it will be full again
/// (the generic cell rate algorithm). Safe for use by any thread, without a lock.
final class Allowance {
  private final AtomicLong fullAt;

  /// A full one.
  ///
  /// @param now monotonic nanos, as in all that follows
  Allowance(long now) {
    this.fullAt = new AtomicLong(now);
  }

  /// Takes a request's part if it is there. A full bucket always admits one, however large.
  ///
  /// @param cost by [Rate#cost]
  /// @return 0 if it was taken, else the nanoseconds until it may be
  long take(long cost, Rate rate, long now) {
    while (true) {
      long full = fullAt.get();
      long debt = Math.max(0, full - now);
      long wait = debt + cost - rate.burst().toNanos();
      if (debt > 0 && wait > 0) {
        return Math.min(wait, debt);
      }
      if (fullAt.compareAndSet(full, now + debt + cost)) {
        return 0;
      }
    }
  }

  /// Takes a request's part whether it is there or not, down to an empty bucket.
  void note(long cost, Rate rate, long now) {
    while (true) {
      long full = fullAt.get();
      long debt = Math.min(Math.max(0, full - now) + cost, rate.burst().toNanos());
      if (fullAt.compareAndSet(full, now + debt)) {
        return;
      }
    }
  }

  void giveBack(long cost) {
    fullAt.addAndGet(-cost);
  }

  /// How much has been taken and has not grown again, which measures how greedy somebody was of
  /// late.
  long debt(long now) {
    return Math.max(0, fullAt.get() - now);
  }
}
