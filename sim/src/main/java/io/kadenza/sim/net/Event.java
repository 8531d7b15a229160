package io.kadenza.sim.net;

import org.jspecify.annotations.Nullable;

/// Something that happens at a point of virtual time. Owned by the [Timeline] while it waits there;
/// once fired it may be scheduled anew.
public abstract class Event {
  long at;

  /// Orders the events of one instant by when they were scheduled.
  long serial;

  /// The next in the same slot of the wheel.
  @Nullable Event next;

  /// An event that waits nowhere yet.
  protected Event() {}

  /// What happens.
  protected abstract void fire();

  /// Virtual nanos since the beginning.
  public final long at() {
    return at;
  }

  final boolean isBefore(Event other) {
    return at != other.at ? at < other.at : serial < other.serial;
  }
}
