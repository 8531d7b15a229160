package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.IpGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How many peers of one IP group are believed to be different people. Addresses that are private,
/// or no IP addresses, do not count, so a network on one machine or in one house is not limited.
///
/// @param perTable "a maximum of 3 nodes sharing the same IP grouping"; also for one answer
/// @param perBucket "a maximum of 2 nodes from the same IP grouping"
public record IpLimits(int perTable, int perBucket) {
  public static final IpLimits DEFAULT = new IpLimits(3, 2);

  /// No limits: for networks whose addresses mean nothing.
  public static final IpLimits NONE = new IpLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /// The most that a slot of [#areSpread] counts.
  private static final int FEW = 3;

  /// The golden ratio, which spreads numbers that lie close together.
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private static final int SLOT_SHIFT = Long.SIZE - 6;

  public IpLimits {
    if (perTable < 1 || perBucket < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  public boolean areNone() {
    return equals(NONE);
  }

  /// A list of contacts without those in whose group there are more than [#perTable]: honest peers
  /// name such a crowd hardly ever, so which of them is honest does not matter.
  public List<Contact> withoutCrowds(List<Contact> contacts) {
    if (perTable >= contacts.size() || (perTable >= FEW && areSpread(contacts))) {
      return contacts;
    }
    long[] crowded = crowds(contacts);
    if (crowded.length == 0) {
      return contacts;
    }
    var kept = new ArrayList<Contact>(contacts.size());
    for (Contact contact : contacts) {
      if (!isIn(crowded, contact)) {
        kept.add(contact);
      }
    }
    return kept;
  }

  /// A look that sees most lists to be without crowds: groups are dealt into 64 slots, and in none
  /// of them lie more than [#FEW]. Each slot's count is a bit in each of two words.
  private static boolean areSpread(List<Contact> contacts) {
    long ones = 0;
    long twos = 0;
    for (int i = 0; i < contacts.size(); i++) {
      for (long group : contacts.get(i).ipGroups()) {
        long slot = 1L << (spread(group) >>> SLOT_SHIFT);
        if ((ones & twos & slot) != 0) {
          return false;
        }
        twos ^= ones & slot;
        ones ^= slot;
      }
    }
    return true;
  }

  /// The group with its differences in the highest bits.
  static long spread(long group) {
    return group * SPREAD;
  }

  /// The groups of which there are too many.
  private long[] crowds(List<Contact> contacts) {
    long[] all = new long[2 * contacts.size()];
    int count = 0;
    for (Contact contact : contacts) {
      for (long group : contact.ipGroups()) {
        if (count == all.length) {
          all = Arrays.copyOf(all, 2 * count);
        }
        all[count++] = group;
      }
    }
    Arrays.sort(all, 0, count);
    int crowds = 0;
    for (int i = perTable; i < count; i++) {
      if (all[i] == all[i - perTable] && (crowds == 0 || all[crowds - 1] != all[i])) {
        all[crowds++] = all[i];
      }
    }
    return Arrays.copyOf(all, crowds);
  }

  private static boolean isIn(long[] crowds, Contact contact) {
    for (long group : contact.ipGroups()) {
      if (IpGroups.contains(crowds, group)) {
        return true;
      }
    }
    return false;
  }
}
