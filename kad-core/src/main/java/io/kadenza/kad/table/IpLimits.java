package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many peers of one IP group are believed to be different people. Addresses that are private,
/// or no IP addresses, do not count, so a network on one machine or in one house is not limited.
///
/// @param perTable "a maximum of 3 nodes sharing the same IP grouping"; also for one answer
/// @param perBucket "a maximum of 2 nodes from the same IP grouping"
public record IpLimits(int perTable, int perBucket) {
  public static final IpLimits DEFAULT = new IpLimits(3, 2);

  /// No limits: for networks whose addresses mean nothing.
  public static final IpLimits NONE = new IpLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

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
    if (areNone() || contacts.size() <= perTable) {
      return contacts;
    }
    Map<Long, Integer> counts = new HashMap<>();
    for (Contact contact : contacts) {
      for (long group : IpGroups.of(contact)) {
        counts.merge(group, 1, Integer::sum);
      }
    }
    if (counts.values().stream().allMatch(count -> count <= perTable)) {
      return contacts;
    }
    var kept = new ArrayList<Contact>(contacts.size());
    for (Contact contact : contacts) {
      boolean crowded = false;
      for (long group : IpGroups.of(contact)) {
        crowded |= counts.getOrDefault(group, 0) > perTable;
      }
      if (!crowded) {
        kept.add(contact);
      }
    }
    return kept;
  }
}
