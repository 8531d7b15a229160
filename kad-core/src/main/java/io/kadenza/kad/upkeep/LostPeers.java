package io.kadenza.kad.upkeep;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Neighbours that left the table because they did not answer. Most have gone; but when a network
/// that was cut in two is whole again, each half has forgotten the other, and nothing else leads
/// back there. So the closest of them are asked again, a few at a time, for a day. Confined to the
/// engine.
public final class LostPeers {
  /// A partition that lasts longer needs somebody's help.
  private static final int MAX_AGE_SECONDS = 24 * 60 * 60;

  private static final int LEAST = 4;

  private final KadKey self;
  private final int capacity;

  /// The closest to ourselves first.
  private Contact[] contacts = {};

  /// For each the first word of its distance to us, so shifted that a plain comparison orders it:
  /// hardly anybody who is looked for is here, and that is seen without a look at the others.
  private long[] distances = {};

  /// For each the second in which it was lost.
  private int[] since = {};

  private int size;
  private int next;

  /// @param capacity how many are remembered, those closest to `self`
  public LostPeers(KadKey self, int capacity) {
    this.self = self;
    this.capacity = capacity;
  }

  /// A peer was lost.
  ///
  /// @param now in seconds, from any origin
  public void add(Contact contact, int now) {
    remove(contact);
    int place = placeOf(contact);
    if (place == capacity) {
      return;
    }
    if (size == contacts.length) {
      int room = Math.min(capacity, Math.max(LEAST, 2 * size));
      contacts = Arrays.copyOf(contacts, room);
      distances = Arrays.copyOf(distances, room);
      since = Arrays.copyOf(since, room);
    }
    size = Math.min(capacity, size + 1);
    move(place, place + 1, size - place - 1);
    contacts[place] = contact;
    distances[place] = distance(contact.high());
    since[place] = now;
  }

  /// A peer is back; tells whether it was lost.
  public boolean remove(Contact contact) {
    int place = placeOf(contact);
    if (!isAt(place, contact)) {
      return false;
    }
    move(place + 1, place, --size - place);
    return true;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(contacts, from, contacts, to, count);
    System.arraycopy(distances, from, distances, to, count);
    System.arraycopy(since, from, since, to, count);
  }

  private long distance(long word) {
    return word ^ self.high() ^ Long.MIN_VALUE;
  }

  /// Where a peer stands, or would: behind all that are closer.
  private int placeOf(Contact contact) {
    long distance = distance(contact.high());
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean closer =
          distances[middle] != distance
              ? distances[middle] < distance
              : contacts[middle].isCloserTo(self, contact);
      if (closer) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isAt(int place, Contact contact) {
    return place < size && contacts[place].equals(contact);
  }

  /// Whether a peer is among those remembered.
  public boolean contains(Contact contact) {
    return isAt(placeOf(contact), contact);
  }

  /// The next few to ask: each in its turn, from the closest on.
  public List<Contact> next(int count, int now) {
    forget(now);
    var chosen = new ArrayList<Contact>(count);
    for (int i = 0; i < Math.min(count, size); i++) {
      next = next >= size ? 0 : next;
      chosen.add(contacts[next++]);
    }
    return chosen;
  }

  private void forget(int now) {
    for (int i = size - 1; i >= 0; i--) {
      if (now - since[i] > MAX_AGE_SECONDS) {
        move(i + 1, i, --size - i);
      }
    }
  }

  public int size() {
    return size;
  }
}
