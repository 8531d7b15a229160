package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.IpGroups;

/// Tells quickly, while a table is filled, of nearly all contacts that no IP group of theirs is
/// near a limit. Groups are dealt into slots: few in a slot means few in each of its groups.
final class IpTally {
  /// Sixteen for each peer that a table of a large network holds.
  private static final int SLOT_BITS = 12;

  private static final int SHIFT = Integer.SIZE - SLOT_BITS;

  private final byte[] slots = new byte[1 << SLOT_BITS];
  private final int few;

  /// @param diversity the limits that are to be kept
  IpTally(IpDiversity diversity) {
    few = Math.min(diversity.least(), Byte.MAX_VALUE);
  }

  /// Whether a contact may enter any bucket; if not, that has to be found out by counting.
  boolean isFree(Contact contact) {
    int mark = contact.ipMark();
    if (mark != IpGroups.SEVERAL) {
      return mark == IpGroups.NO_GROUP || isFree(mark);
    }
    for (long group : contact.ipGroups()) {
      if (!isFree(IpGroups.spread(group))) {
        return false;
      }
    }
    return true;
  }

  private boolean isFree(int mark) {
    return slots[mark >>> SHIFT] < few;
  }

  /// Counts a contact that is in the table.
  void count(Contact contact) {
    int mark = contact.ipMark();
    if (mark == IpGroups.SEVERAL) {
      for (long group : contact.ipGroups()) {
        count(IpGroups.spread(group));
      }
    } else if (mark != IpGroups.NO_GROUP) {
      count(mark);
    }
  }

  private void count(int mark) {
    int slot = mark >>> SHIFT;
    if (slots[slot] < few) {
      slots[slot]++;
    }
  }
}
