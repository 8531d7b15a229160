package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import java.util.HashMap;
import java.util.Map;

/// Counts the IP groups of the peers in a table and keeps them below [IpLimits]. "A peer MUST NOT
/// be added to the routing table if any of its addresses already exceed the allowed
/// representation." Confined to the table's owner.
public final class IpDiversity implements DiversityLimits {
  private final IpLimits limits;
  private final Map<Long, Integer> inTable = new HashMap<>(0);
  private final Map<InBucket, Integer> inBuckets = new HashMap<>(0);

  private record InBucket(int bucket, long group) {}

  public IpDiversity(IpLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean admit(int bucket, Contact contact) {
    if (limits.areNone()) {
      return true;
    }
    long[] groups = IpGroups.of(contact);
    for (long group : groups) {
      if (!hasRoom(bucket, group)) {
        return false;
      }
    }
    for (long group : groups) {
      count(bucket, group, 1);
    }
    return true;
  }

  private boolean hasRoom(int bucket, long group) {
    return inTable.getOrDefault(group, 0) < limits.perTable()
        && inBuckets.getOrDefault(new InBucket(bucket, group), 0) < limits.perBucket();
  }

  @Override
  public boolean replace(int bucket, Contact old, Contact renewed) {
    if (limits.areNone()) {
      return true;
    }
    long[] before = IpGroups.of(old);
    long[] after = IpGroups.of(renewed);
    for (long group : after) {
      if (!IpGroups.contains(before, group) && !hasRoom(bucket, group)) {
        return false;
      }
    }
    for (long group : before) {
      count(bucket, group, -1);
    }
    for (long group : after) {
      count(bucket, group, 1);
    }
    return true;
  }

  @Override
  public void release(int bucket, Contact contact) {
    if (!limits.areNone()) {
      for (long group : IpGroups.of(contact)) {
        count(bucket, group, -1);
      }
    }
  }

  private void count(int bucket, long group, int change) {
    add(inTable, group, change);
    add(inBuckets, new InBucket(bucket, group), change);
  }

  private static <T> void add(Map<T, Integer> counts, T key, int change) {
    if (counts.merge(key, change, Integer::sum) <= 0) {
      counts.remove(key);
    }
  }
}
