package io.kadenza.host.internal.pace;

import java.time.Duration;

/// How often something may happen: so many times at once, and once more after each interval (the
/// generic cell rate algorithm, which has one number to remember). Confined to one thread.
public final class Pace {
  private final long interval;
  private final long most;

  /// When nothing will be owed any more, monotonic nanos.
  private long clearAt;

  /// @param atOnce how many times it may happen without a pause
  /// @param interval after which it may happen once more
  /// @param now monotonic nanos, as in all that follows
  public Pace(int atOnce, Duration interval, long now) {
    this.interval = interval.toNanos();
    this.most = atOnce * this.interval;
    this.clearAt = now;
  }

  /// Lets it happen once if that is not too often.
  public boolean take(long now) {
    if (!allows(now)) {
      return false;
    }
    clearAt = now + owed(now);
    return true;
  }

  /// Whether it may happen now.
  public boolean allows(long now) {
    return owed(now) <= most;
  }

  /// What will be owed if it happens now.
  private long owed(long now) {
    return Math.max(0, clearAt - now) + interval;
  }

  /// Whether it might as well never have happened.
  public boolean isClear(long now) {
    return clearAt - now <= 0;
  }
}
