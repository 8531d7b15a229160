package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Peers met in person, of whom the one met first is forgotten first. Written by the engine alone.
/// Read from any thread: whoever reads while the engine writes may miss somebody, and finds nobody
/// who is not there.
///
/// One array, searched from the place where a key's first bits point to: nearly every question is
/// for somebody who is not there, and then one look is enough.
final class MetPeers {
  private static final int LEAST = 8;

  private final int capacity;
  private volatile @Nullable Contact[] places = {};

  /// The first bits of each key, so that the engine need not look at those whom it passes over.
  private int[] marks = {};

  /// The order in which they were met. Only the engine touches it.
  private final ArrayDeque<Contact> order = new ArrayDeque<>(1);

  MetPeers(int capacity) {
    this.capacity = capacity;
  }

  @Nullable Contact get(KadKey key) {
    @Nullable Contact[] all = places;
    for (int i = 0; i < all.length; i++) {
      Contact there = all[(int) (key.high() + i) & (all.length - 1)];
      if (there == null || there.isAt(key)) {
        return there;
      }
    }
    return null;
  }

  /// Remembers a peer with its present addresses; tells whether it is new.
  boolean meet(Contact contact) {
    if (capacity == 0) {
      return false;
    }
    int place = find(contact);
    Contact known = place < 0 ? null : places[place];
    if (known != null) {
      if (!known.hasAddressesOf(contact)) {
        places[place] = contact;
      }
      return false;
    }
    if (order.size() == capacity) {
      forget(order.remove());
    } else if (2 * order.size() >= places.length) {
      grow();
    }
    order.add(contact);
    put(contact);
    return true;
  }

  private void put(Contact contact) {
    int place = find(contact);
    marks[place] = mark(contact);
    places[place] = contact;
  }

  private static int mark(Contact contact) {
    return (int) contact.high();
  }

  /// Where a peer is or would be; negative as long as there are no places. One is always free.
  private int find(Contact contact) {
    @Nullable Contact[] all = places;
    int mask = all.length - 1;
    if (mask < 0) {
      return -1;
    }
    int mark = mark(contact);
    int place = mark & mask;
    Contact there = all[place];
    while (there != null && !(marks[place] == mark && there.equals(contact))) {
      place = (place + 1) & mask;
      there = all[place];
    }
    return place;
  }

  private void forget(Contact contact) {
    @Nullable Contact[] all = places;
    int mask = all.length - 1;
    int gap = find(contact);
    all[gap] = null;
    // Whoever would be found only by passing over the gap moves into it.
    for (int i = (gap + 1) & mask; all[i] != null; i = (i + 1) & mask) {
      if (((i - marks[i]) & mask) >= ((i - gap) & mask)) {
        all[gap] = all[i];
        marks[gap] = marks[i];
        all[i] = null;
        gap = i;
      }
    }
  }

  /// Readers go on with the old array until the new one is complete.
  private void grow() {
    @Nullable Contact[] old = places;
    int room = Math.max(LEAST, 2 * old.length);
    @Nullable Contact[] grown = new Contact[room];
    int[] grownMarks = new int[room];
    for (int i = 0; i < old.length; i++) {
      if (old[i] != null) {
        int place = marks[i] & (room - 1);
        while (grown[place] != null) {
          place = (place + 1) & (room - 1);
        }
        grown[place] = old[i];
        grownMarks[place] = marks[i];
      }
    }
    marks = grownMarks;
    places = grown;
  }
}
