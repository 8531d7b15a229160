package io.kadenza.kad.upkeep;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.ArrayList;
import java.util.List;

/// Neighbours that left the table because they did not answer. Most have gone; but when a network
/// that was cut in two is whole again, each half has forgotten the other, and nothing else leads
/// back there. So the closest of them are asked again, a few at a time, for a day. Confined to the
/// engine's thread.
public final class LostPeers {
  /// A partition that lasts longer needs somebody's help.
  private static final int MAX_AGE_SECONDS = 24 * 60 * 60;

  private final KadKey self;
  private final int capacity;

  /// The closest to ourselves first.
  private final List<Lost> all = new ArrayList<>(0);

  private int next;

  private record Lost(Contact contact, int since) {}

  /// @param capacity how many are remembered, those closest to `self`
  public LostPeers(KadKey self, int capacity) {
    this.self = self;
    this.capacity = capacity;
  }

  /// A peer was lost.
  ///
  /// @param now in seconds, from any origin
  public void add(Contact contact, int now) {
    remove(contact.key());
    all.add(-1 - indexOf(contact.key()), new Lost(contact, now));
    if (all.size() > capacity) {
      all.removeLast();
    }
  }

  /// A peer is back; tells whether it was lost.
  public boolean remove(KadKey key) {
    int index = indexOf(key);
    if (index >= 0) {
      all.remove(index);
    }
    return index >= 0;
  }

  /// Where a peer stands; if it does not, -1 minus the place where it would.
  private int indexOf(KadKey key) {
    int low = 0;
    int high = all.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = self.compareDistance(all.get(middle).contact.key(), key);
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /// Whether a peer is among those remembered.
  public boolean contains(KadKey key) {
    return indexOf(key) >= 0;
  }

  /// The next few to ask: each in its turn, from the closest on.
  public List<Contact> next(int count, int now) {
    all.removeIf(lost -> now - lost.since > MAX_AGE_SECONDS);
    var chosen = new ArrayList<Contact>(count);
    for (int i = 0; i < Math.min(count, all.size()); i++) {
      next = next >= all.size() ? 0 : next;
      chosen.add(all.get(next++).contact);
    }
    return chosen;
  }

  public int size() {
    return all.size();
  }
}
