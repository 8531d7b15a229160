package io.kadenza.kad.engine;

import java.util.random.RandomGenerator;

/// The time since the last connection was lost, as after a night in which the machine was
/// suspended: when whom we know is to be called again. Not at once, for a connection may be ended
/// to be made anew; then at growing intervals. Confined to the engine.
final class Outage {
  static final long FIRST_NANOS = 2_000_000_000L;
  static final long LONGEST_NANOS = 60_000_000_000L;

  /// A peer that takes our connection and ends it each time is not called more often.
  private static final long APART_NANOS = 30_000_000_000L;

  /// Up to a tenth later, so that those who have lost the same peer do not call in step.
  private static final double JITTER = 0.1;

  private final RandomGenerator random;
  private long callAt = Node.NEVER;
  private long pause = FIRST_NANOS;
  private long lastCallAt;
  private boolean everCalled;
  private boolean calling;

  Outage(RandomGenerator random) {
    this.random = random;
  }

  /// The last connection is gone.
  void begin(long now) {
    pause = FIRST_NANOS;
    if (!calling) {
      schedule(now);
      callAt = everCalled ? later(callAt, lastCallAt + APART_NANOS) : callAt;
    }
  }

  private void schedule(long now) {
    callAt = now + (long) (pause * (1 + JITTER * random.nextDouble()));
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }

  /// Never, unless a call is due some time.
  long deadline() {
    return callAt;
  }

  /// Everybody is being called.
  void calling(long now) {
    calling = true;
    everCalled = true;
    lastCallAt = now;
    callAt = Node.NEVER;
  }

  boolean isCalling() {
    return calling;
  }

  /// All calls have ended.
  ///
  /// @param connected whether anybody is there
  void called(boolean connected, long now) {
    calling = false;
    if (connected) {
      callAt = Node.NEVER;
    } else {
      schedule(now);
      pause = Math.min(2 * pause, LONGEST_NANOS);
    }
  }

  /// There is a connection after all, or nobody to call.
  void end() {
    callAt = Node.NEVER;
  }
}
