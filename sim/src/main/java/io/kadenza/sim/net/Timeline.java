package io.kadenza.sim.net;

import io.kadenza.machine.Now;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The virtual clock and everything that is still to happen, in a hierarchical timing wheel: two
/// rings of 4,096 slots of about 1 ms and 4 s, a list for what lies farther off, and a small heap
/// that puts the events of the present slot in order.
///
/// Events fire in the order of their time, those of one instant in the order in which they were
/// scheduled. Confined to the simulation's thread.
public final class Timeline {
  /// Where the wall clocks of a simulation start.
  public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  /// The clock starts before zero: the time in which a network is set up.
  public static final long START_NANOS = -10_000_000_000L;

  /// The resolution of the wheel, not of time: 2^20 ns.
  private static final int TICK_BITS = 20;

  private static final int RING_BITS = 12;
  private static final int TURN_BITS = 24;
  private static final int SLOTS = 1 << RING_BITS;
  private static final int SLOT_MASK = SLOTS - 1;

  private final EventHeap present = new EventHeap();
  private final Ring near = new Ring();
  private final Ring far = new Ring();
  private @Nullable Event beyond;

  private long nanos = START_NANOS;
  private long tick;
  private long serial;
  private long pending;
  private Now now = new Now(START_NANOS, EPOCH.plusNanos(START_NANOS));

  /// A clock that stands at [#START_NANOS], and nothing to happen.
  public Timeline() {}

  /// Virtual nanos since the beginning, negative before it.
  public long nanos() {
    return nanos;
  }

  /// The present on both of a node's clocks.
  public Now now() {
    if (now.nanos() != nanos) {
      now = new Now(nanos, EPOCH.plusNanos(nanos));
    }
    return now;
  }

  /// How many events wait.
  public long pending() {
    return pending;
  }

  /// Schedules an event that waits nowhere else. What should have happened already happens now.
  public void schedule(Event event, long at) {
    event.at = Math.max(at, nanos);
    event.serial = serial++;
    pending++;
    place(event);
  }

  /// Schedules an event some nanos from now.
  public void after(long delay, Event event) {
    schedule(event, nanos + delay);
  }

  /// Schedules a piece of the scenario itself.
  public void at(long time, Runnable action) {
    schedule(
        new Event() {
          @Override
          protected void fire() {
            action.run();
          }
        },
        time);
  }

  /// Fires the next event if it is due by `limit`; false if there is none.
  public boolean step(long limit) {
    Event next = present.peek();
    while (next == null) {
      if (!advance()) {
        return false;
      }
      next = present.peek();
    }
    if (next.at > limit) {
      return false;
    }
    present.poll();
    pending--;
    nanos = next.at;
    next.fire();
    return true;
  }

  /// Fires all that is due by `limit` and moves the clock there.
  public void runUntil(long limit) {
    boolean more = true;
    while (more) {
      more = step(limit);
    }
    nanos = Math.max(nanos, limit);
  }

  private void place(Event event) {
    long slot = event.at >> TICK_BITS;
    if (slot <= tick) {
      present.add(event);
    } else if (slot >>> RING_BITS == tick >>> RING_BITS) {
      near.add((int) slot & SLOT_MASK, event);
    } else if (slot >>> TURN_BITS == tick >>> TURN_BITS) {
      far.add((int) (slot >>> RING_BITS) & SLOT_MASK, event);
    } else {
      event.next = beyond;
      beyond = event;
    }
  }

  /// Moves on to the next slot with events; false if nothing waits.
  private boolean advance() {
    int slot = near.nextUsed((int) tick & SLOT_MASK);
    if (slot >= 0) {
      tick = (tick & ~(long) SLOT_MASK) | slot;
      placeAll(near.take(slot));
      return true;
    }
    slot = far.nextUsed((int) (tick >>> RING_BITS) & SLOT_MASK);
    if (slot >= 0) {
      tick = ((tick >>> TURN_BITS << RING_BITS) | slot) << RING_BITS;
      placeAll(far.take(slot));
      return true;
    }
    return advanceBeyond();
  }

  private boolean advanceBeyond() {
    Event all = beyond;
    if (all == null) {
      return false;
    }
    long earliest = Long.MAX_VALUE;
    for (Event event = all; event != null; event = event.next) {
      earliest = Math.min(earliest, event.at);
    }
    tick = earliest >>> TICK_BITS >>> TURN_BITS << TURN_BITS;
    beyond = null;
    placeAll(all);
    return true;
  }

  private void placeAll(@Nullable Event first) {
    Event event = first;
    while (event != null) {
      Event next = event.next;
      event.next = null;
      place(event);
      event = next;
    }
  }

  /// One turn of the wheel: a list per slot, and a bit per slot that has one.
  private static final class Ring {
    private final @Nullable Event[] slots = new Event[SLOTS];
    private final long[] used = new long[SLOTS / Long.SIZE];

    void add(int slot, Event event) {
      event.next = slots[slot];
      slots[slot] = event;
      used[slot >>> 6] |= 1L << slot;
    }

    @Nullable Event take(int slot) {
      Event first = slots[slot];
      slots[slot] = null;
      used[slot >>> 6] &= ~(1L << slot);
      return first;
    }

    /// The first slot after `slot` that has events, negative if there is none.
    int nextUsed(int slot) {
      int from = slot + 1;
      if (from == SLOTS) {
        return -1;
      }
      int word = from >>> 6;
      long bits = used[word] & (-1L << from);
      while (bits == 0) {
        if (++word == used.length) {
          return -1;
        }
        bits = used[word];
      }
      return (word << 6) + Long.numberOfTrailingZeros(bits);
    }
  }
}
