package io.kadenza.kad.record;

import java.util.Arrays;

/// The keys that somebody provides, each as the 128 bits of its [KeyHash] in a numbered slot of 32
/// bytes, found through an open-addressing table of slot numbers and chained in the order in which
/// they were last announced. A slot also holds 64 bits for who provides the key.
///
/// Slots lie in pages that are never copied once they are full, so that growing costs no more than
/// building the table anew. Confined to its store's thread.
final class KeySlots {
  /// No slot.
  static final int NONE = -1;

  /// As many slots as the table's entries can name.
  static final int MAX_SLOTS = 1 << 27;

  private static final int WORDS = 4;
  private static final int LOW = 1;
  private static final int CONTENT = 2;
  private static final int CHAIN = 3;

  private static final int PAGE_BITS = 12;
  private static final int PAGE_SLOTS = 1 << PAGE_BITS;
  private static final int FIRST_SLOTS = 2;

  /// In place of the slot before, in a slot that is free.
  private static final int FREE = -2;

  private long[][] pages = {};

  /// Slots below this are in use or free.
  private int slots;

  private int firstFree = NONE;
  private int used;
  private int eldest = NONE;
  private int youngest = NONE;

  /// For each place 0, or a slot's number plus 1, and in the bits above some of its hash, which
  /// spare a look at most slots that are not meant.
  private int[] table = {};

  /// All slots have numbers below this.
  int end() {
    return slots;
  }

  private long word(int slot, int which) {
    return pages[slot >>> PAGE_BITS][(slot & PAGE_SLOTS - 1) * WORDS + which];
  }

  private void word(int slot, int which, long value) {
    pages[slot >>> PAGE_BITS][(slot & PAGE_SLOTS - 1) * WORDS + which] = value;
  }

  long high(int slot) {
    return word(slot, 0);
  }

  long low(int slot) {
    return word(slot, LOW);
  }

  long content(int slot) {
    return word(slot, CONTENT);
  }

  void content(int slot, long content) {
    word(slot, CONTENT, content);
  }

  boolean isUsed(int slot) {
    return before(slot) != FREE;
  }

  private int before(int slot) {
    return (int) (word(slot, CHAIN) >> 32);
  }

  private int behind(int slot) {
    return (int) word(slot, CHAIN);
  }

  private void chain(int slot, int before, int behind) {
    word(slot, CHAIN, ((long) before << 32) | (behind & 0xffff_ffffL));
  }

  /// The key that was announced longest ago, or [#NONE].
  int eldest() {
    return eldest;
  }

  int find(long high, long low) {
    if (used == 0) {
      return NONE;
    }
    int mask = table.length - 1;
    for (int place = (int) low & mask; table[place] != 0; place = place + 1 & mask) {
      int slot = slotAt(place);
      if ((table[place] & ~(MAX_SLOTS - 1)) == tag(low) && low(slot) == low && high(slot) == high) {
        return slot;
      }
    }
    return NONE;
  }

  private int slotAt(int place) {
    return (table[place] & MAX_SLOTS - 1) - 1;
  }

  private static int tag(long low) {
    return (int) (low >>> 32) & ~(MAX_SLOTS - 1);
  }

  /// Takes in a key that is not there, as the youngest.
  int add(long high, long low, long content) {
    if (4L * (used + 1) > 3L * table.length) {
      growTable();
    }
    int slot = freeSlot();
    word(slot, 0, high);
    word(slot, LOW, low);
    word(slot, CONTENT, content);
    enter(slot, low);
    append(slot);
    used++;
    return slot;
  }

  private int freeSlot() {
    if (firstFree != NONE) {
      int slot = firstFree;
      firstFree = behind(slot);
      return slot;
    }
    int page = slots >>> PAGE_BITS;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page + 1 + page / 2);
    }
    int inPage = slots & PAGE_SLOTS - 1;
    long[] room = pages[page];
    if (room == null) {
      pages[page] = new long[WORDS * (page == 0 ? FIRST_SLOTS : PAGE_SLOTS)];
    } else if (inPage * WORDS == room.length) {
      pages[page] = Arrays.copyOf(room, 2 * room.length);
    }
    return slots++;
  }

  private void growTable() {
    table = new int[Math.max(FIRST_SLOTS * 2, 2 * table.length)];
    for (int slot = 0; slot < slots; slot++) {
      if (isUsed(slot)) {
        enter(slot, low(slot));
      }
    }
  }

  private void enter(int slot, long low) {
    int mask = table.length - 1;
    int place = (int) low & mask;
    while (table[place] != 0) {
      place = place + 1 & mask;
    }
    table[place] = tag(low) | slot + 1;
  }

  private void append(int slot) {
    chain(slot, youngest, NONE);
    if (youngest == NONE) {
      eldest = slot;
    } else {
      chain(youngest, before(youngest), slot);
    }
    youngest = slot;
  }

  private void unchain(int slot) {
    int before = before(slot);
    int behind = behind(slot);
    if (before == NONE) {
      eldest = behind;
    } else {
      chain(before, before(before), behind);
    }
    if (behind == NONE) {
      youngest = before;
    } else {
      chain(behind, before, behind(behind));
    }
  }

  /// A key was announced again.
  void touch(int slot) {
    if (slot != youngest) {
      unchain(slot);
      append(slot);
    }
  }

  void remove(int slot) {
    leave(slot);
    unchain(slot);
    chain(slot, FREE, firstFree);
    firstFree = slot;
    used--;
  }

  /// Takes a slot out of the table. Those behind it move up where a search would otherwise end
  /// before it found them.
  private void leave(int slot) {
    int mask = table.length - 1;
    int hole = (int) low(slot) & mask;
    while (slotAt(hole) != slot) {
      hole = hole + 1 & mask;
    }
    for (int place = hole + 1 & mask; table[place] != 0; place = place + 1 & mask) {
      int home = (int) low(slotAt(place)) & mask;
      if ((place - home & mask) >= (place - hole & mask)) {
        table[hole] = table[place];
        hole = place;
      }
    }
    table[hole] = 0;
  }
}
