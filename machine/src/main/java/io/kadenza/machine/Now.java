package io.kadenza.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// The two clocks that a machine sees, never mixed: timeouts live on the monotonic one, record
/// expiry on the wall one, because a wall clock can jump.
///
/// @param nanos monotonic nanoseconds from an arbitrary origin, comparable by subtraction
/// @param wall the time of day
public record Now(long nanos, Instant wall) {

  /// The monotonic point `wait` after this one; saturates instead of overflowing.
  public long nanosAfter(Duration wait) {
    return nanos + Math.min(TimeUnit.NANOSECONDS.convert(wait), Long.MAX_VALUE / 2);
  }

  /// Whether the monotonic point `deadline` is reached.
  public boolean reached(long deadline) {
    return deadline - nanos <= 0;
  }

  /// This instant moved forward on both clocks.
  public Now plus(Duration step) {
    return new Now(nanos + step.toNanos(), wall.plus(step));
  }
}
