package io.kadenza.kad.engine;

import io.kadenza.machine.Now;

/// When a part of the engine wants to be woken: the earliest time that it has asked for since it
/// was woken last. Confined to the engine.
final class Alarm {
  private long at = Node.NEVER;

  /// Has it go off at that time, monotonic nanos, unless it does so earlier.
  void wakeAt(long nanos) {
    at = Node.earlier(at, nanos);
  }

  /// [Node#NEVER] if it is not set.
  long deadline() {
    return at;
  }

  /// Whether the time has come; then it is set no longer.
  boolean goesOff(Now now) {
    boolean due = at != Node.NEVER && now.reached(at);
    if (due) {
      at = Node.NEVER;
    }
    return due;
  }
}
