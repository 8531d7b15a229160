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

  /// The most that a slot of a tally counts.
  private static final int FEW = 3;

  private static final int SLOT_SHIFT = Integer.SIZE - 6;

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

  /// A look that sees most lists to be without crowds: groups are dealt into the slots of a tally,
  /// and in none of them lie more than a few.
  private static boolean areSpread(List<Contact> contacts) {
    var tally = new Tally();
    for (int i = 0; i < contacts.size(); i++) {
      int mark = contacts.get(i).ipMark();
      if (mark == IpGroups.SEVERAL) {
        for (long group : contacts.get(i).ipGroups()) {
          tally.count(IpGroups.spread(group));
        }
      } else if (mark != IpGroups.NO_GROUP) {
        tally.count(mark);
      }
    }
    return !tally.overflowed;
  }

  /// Counts in 64 slots up to [#FEW]: each slot's count is a bit in each of two words.
  private static final class Tally {
    private long ones;
    private long twos;
    boolean overflowed;

    void count(int mark) {
      long slot = 1L << (mark >>> SLOT_SHIFT);
      overflowed |= (ones & twos & slot) != 0;
      twos ^= ones & slot;
      ones ^= slot;
    }
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
