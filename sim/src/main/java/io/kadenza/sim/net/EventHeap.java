package io.kadenza.sim.net;

import java.util.Arrays;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The events of the present tick, the earliest first: a plain binary heap. Owned by a [Timeline].
final class EventHeap {
  private @Nullable Event[] events = new Event[64];
  private int size;

  int size() {
    return size;
  }

  @Nullable Event peek() {
    return size == 0 ? null : events[0];
  }

  void add(Event event) {
    if (size == events.length) {
      events = Arrays.copyOf(events, 2 * size);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      Event above = get(parent);
      if (!event.isBefore(above)) {
        break;
      }
      events[at] = above;
      at = parent;
    }
    events[at] = event;
  }

  Event poll() {
    Event first = get(0);
    Event last = get(--size);
    events[size] = null;
    if (size > 0) {
      sink(last);
    }
    return first;
  }

  private void sink(Event event) {
    int at = 0;
    int half = size >>> 1;
    while (at < half) {
      int child = 2 * at + 1;
      Event smaller = get(child);
      if (child + 1 < size && get(child + 1).isBefore(smaller)) {
        smaller = get(++child);
      }
      if (event.isBefore(smaller)) {
        break;
      }
      events[at] = smaller;
      at = child;
    }
    events[at] = event;
  }

  private Event get(int index) {
    Event event = events[index];
    if (event == null) {
      throw new NoSuchElementException("the heap has no event " + index);
    }
    return event;
  }
}
