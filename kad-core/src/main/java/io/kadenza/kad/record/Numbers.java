package io.kadenza.kad.record;

import java.util.Arrays;

/// Numbers from 0 up for things that come and go: those given back are used again, the last first.
/// Confined to its store's thread.
final class Numbers {
  private static final int FIRST_ROOM = 4;

  /// Numbers below this are in use or free.
  private int end;

  private int[] free = {};
  private int freeCount;

  /// None is in use.
  Numbers() {
    this(0);
  }

  /// Those below `end` are in use.
  Numbers(int end) {
    this.end = end;
  }

  int take() {
    return freeCount > 0 ? free[--freeCount] : end++;
  }

  void giveBack(int number) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(FIRST_ROOM, 2 * freeCount));
    }
    free[freeCount++] = number;
  }
}
