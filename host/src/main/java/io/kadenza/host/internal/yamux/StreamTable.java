package io.kadenza.host.internal.yamux;

import org.jspecify.annotations.Nullable;

/// The open streams by id: a hash table with linear probing that boxes nothing. Owned by one
/// [Yamux].
///
/// The ids are chosen by the remote, but there are at most a few hundred, and the table is never
/// more than half full.
final class StreamTable {

  private static final int FIRST_CAPACITY = 4;

  private @Nullable YamuxStream[] slots = new @Nullable YamuxStream[FIRST_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  @Nullable YamuxStream get(int id) {
    @Nullable YamuxStream[] table = slots;
    int mask = table.length - 1;
    for (int i = home(id, mask); ; i = (i + 1) & mask) {
      YamuxStream stream = table[i];
      if (stream == null || stream.id == id) {
        return stream;
      }
    }
  }

  /// Adds a stream whose id is not in the table.
  void add(YamuxStream stream) {
    if (2 * (size + 1) > slots.length) {
      resize(2 * slots.length);
    }
    place(stream);
    size++;
  }

  /// Removes a stream that is in the table.
  void remove(YamuxStream stream) {
    int mask = slots.length - 1;
    int hole = home(stream.id, mask);
    while (slots[hole] != stream) {
      hole = (hole + 1) & mask;
    }
    closeHole(hole, mask);
    size--;
    if (slots.length > FIRST_CAPACITY && 8 * size < slots.length) {
      resize(slots.length / 2);
    }
  }

  /// Moves streams back that could not be found behind an empty slot.
  private void closeHole(int start, int mask) {
    int hole = start;
    for (int i = (hole + 1) & mask; ; i = (i + 1) & mask) {
      YamuxStream stream = slots[i];
      if (stream == null) {
        break;
      }
      int displacement = (i - home(stream.id, mask)) & mask;
      if (displacement >= ((i - hole) & mask)) {
        slots[hole] = stream;
        hole = i;
      }
    }
    slots[hole] = null;
  }

  private void resize(int capacity) {
    @Nullable YamuxStream[] old = slots;
    slots = new @Nullable YamuxStream[capacity];
    for (YamuxStream stream : old) {
      if (stream != null) {
        place(stream);
      }
    }
  }

  private void place(YamuxStream stream) {
    int mask = slots.length - 1;
    int i = home(stream.id, mask);
    while (slots[i] != null) {
      i = (i + 1) & mask;
    }
    slots[i] = stream;
  }

  private static int home(int id, int mask) {
    // Fibonacci hashing: the ids of one side differ by two, and the high bits of the product spread
    // best.
    return ((id * 0x9e3779b9) >>> 16) & mask;
  }
}
