package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;

/// Tells quickly, while a table is filled, of nearly all contacts that no IP group of theirs is
/// near a limit. Groups are dealt into slots: few in a slot means few in each of its groups.
final class IpTally {
  /// Sixteen for each peer that a table of a large network holds.
  private static final int SLOT_BITS = 12;

  private final byte[] slots = new byte[1 << SLOT_BITS];
  private final int few;

  /// @param diversity the limits that are to be kept
  IpTally(IpDiversity diversity) {
    few = Math.min(diversity.least(), Byte.MAX_VALUE);
  }

  /// Whether a contact may enter any bucket; if not, that has to be found out by counting.
  boolean isFree(Contact contact) {
    for (long group : contact.ipGroups()) {
      if (slots[slot(group)] >= few) {
        return false;
      }
    }
    return true;
  }

  /// Counts a contact that is in the table.
  void count(Contact contact) {
    for (long group : contact.ipGroups()) {
      int slot = slot(group);
      if (slots[slot] < few) {
        slots[slot]++;
      }
    }
  }

  private static int slot(long group) {
    return (int) (IpLimits.spread(group) >>> (Long.SIZE - SLOT_BITS));
  }
}
