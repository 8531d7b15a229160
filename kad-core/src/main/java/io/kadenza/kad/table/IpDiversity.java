package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.IpGroups;
import org.jspecify.annotations.Nullable;

/// Keeps the IP groups of the peers in a table below [IpLimits]. "A peer MUST NOT be added to the
/// routing table if any of its addresses already exceed the allowed representation."
///
/// It counts anew each time: a peer enters the table seldom, and counts that are kept take more
/// room than the table itself. Confined to the table's owner.
final class IpDiversity {
  private static final long[] NONE = {};

  private final IpLimits limits;

  IpDiversity(IpLimits limits) {
    this.limits = limits;
  }

  /// How many peers of one group may be anywhere.
  int least() {
    return Math.min(limits.perTable(), limits.perBucket());
  }

  /// Whether a contact may enter a bucket.
  boolean admits(Contact newcomer, int bucket, @Nullable Bucket[] table) {
    return admits(newcomer.ipGroups(), NONE, bucket, table);
  }

  /// Whether a contact of the bucket may have new addresses in place of its old ones.
  boolean admitsMove(Contact old, Contact renewed, int bucket, @Nullable Bucket[] table) {
    return admits(renewed.ipGroups(), old.ipGroups(), bucket, table);
  }

  private boolean admits(long[] groups, long[] counted, int bucket, @Nullable Bucket[] table) {
    if (limits.areNone()) {
      return true;
    }
    for (long group : groups) {
      if (!IpGroups.contains(counted, group) && !hasRoom(group, bucket, table)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasRoom(long group, int bucket, @Nullable Bucket[] table) {
    int inTable = 0;
    for (int i = 0; i < table.length; i++) {
      Bucket one = table[i];
      int inBucket = one == null ? 0 : count(group, one.contacts());
      inTable += inBucket;
      if (inTable >= limits.perTable() || (i == bucket && inBucket >= limits.perBucket())) {
        return false;
      }
    }
    return true;
  }

  private static int count(long group, Row contacts) {
    int count = 0;
    int mark = IpGroups.spread(group);
    int[] marks = contacts.marks();
    for (int i = 0; i < marks.length; i++) {
      if ((marks[i] == mark || marks[i] == IpGroups.SEVERAL)
          && IpGroups.contains(contacts.get(i).ipGroups(), group)) {
        count++;
      }
    }
    return count;
  }
}
