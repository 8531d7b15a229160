package io.kadenza.kad.net;

import io.kadenza.machine.Now;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// What is still to happen, on a virtual clock: those due first come first, and those due at the
/// same time in the order in which they were planned.
final class Timeline {
  private record Event(long at, long serial, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::serial));
  private long serial;
  private Now now = new Now(1_000_000_000L, Instant.parse("2026-01-01T00:00:00Z"));

  Now now() {
    return now;
  }

  /// Sets both clocks; what is planned stays where it is.
  void now(Now other) {
    now = other;
  }

  void after(Duration delay, Runnable action) {
    events.add(new Event(now.nanosAfter(delay), serial++, action));
  }

  /// Has the next one happen; false if nothing is left.
  boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    if (next.at() - now.nanos() > 0) {
      now = now.plus(Duration.ofNanos(next.at() - now.nanos()));
    }
    next.action().run();
    return true;
  }

  /// Has all that is due within that time happen, and lets the time pass.
  void runFor(Duration duration) {
    long until = now.nanosAfter(duration);
    while (!events.isEmpty() && events.peek().at() - until <= 0) {
      step();
    }
    now = now.plus(Duration.ofNanos(until - now.nanos()));
  }
}
