package io.kadenza.kad.record;

import java.time.Duration;
import java.time.Instant;

/// Points in time as whole seconds since 1970 in an unsigned int, which lasts until 2106.
final class Seconds {
  private static final long LAST = 0xffff_ffffL;

  private Seconds() {}

  static int of(Instant time) {
    return (int) Math.clamp(time.getEpochSecond(), 0, LAST);
  }

  /// A time to live; what is longer than a lifetime is as good as one.
  static int span(Duration ttl) {
    return (int) Math.min(ttl.toSeconds(), Integer.MAX_VALUE);
  }

  static int after(int second, int span) {
    return (int) Math.min(Integer.toUnsignedLong(second) + span, LAST);
  }

  static boolean isOver(int end, int now) {
    return Integer.compareUnsigned(end, now) <= 0;
  }

  /// When something ends that was to end at `end` and has no more than `span` to live: a clock that
  /// was ahead when it was stored, and has been set right, must not make it live longer.
  static int bounded(int end, int now, int span) {
    int latest = after(now, span);
    return Integer.compareUnsigned(end, latest) > 0 ? latest : end;
  }
}
