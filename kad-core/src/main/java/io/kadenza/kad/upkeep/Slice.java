package io.kadenza.kad.upkeep;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The contacts of one slice of a [ContactCache] in no order, with the second in which each was
/// last spoken of. Owned by the cache.
final class Slice {
  static final int ROOM = 16;

  private static final long SEEN = 0xffff_ffffL;

  private Contact[] contacts = new Contact[1];

  /// For each contact the last bits of its key's first word, which nearly always tell it from
  /// others without a look at it, and below them the second.
  private long[] notes = new long[1];

  /// A bit for each contact that has answered; those beyond the last contact mean nothing.
  private long proven;

  private int count;

  int size() {
    return count;
  }

  Contact get(int index) {
    return contacts[index];
  }

  /// Whether somebody would have to give way to a contact.
  boolean isFullFor(Contact contact) {
    return count == ROOM && find(contact) < 0;
  }

  /// Takes in a contact that was named or, if it has answered, proven.
  void take(Contact contact, int now, boolean answered) {
    int index = find(contact);
    if (index < 0) {
      index = count < ROOM ? append() : victim(now, answered);
      if (index < 0) {
        return;
      }
      contacts[index] = contact;
      proven &= ~(1L << index);
    } else if (answered || !isProven(index)) {
      contacts[index] = contact;
    }
    notes[index] = note(contact, now);
    proven |= answered ? 1L << index : 0;
  }

  private static long note(Contact contact, int now) {
    return contact.high() << Integer.SIZE | (now & SEEN);
  }

  private int seenAt(int index) {
    return (int) notes[index];
  }

  private int append() {
    if (count == contacts.length) {
      int room = Math.min(ROOM, 2 * count);
      contacts = Arrays.copyOf(contacts, room);
      notes = Arrays.copyOf(notes, room);
    }
    return count++;
  }

  /// Who gives way to a newcomer: whoever is too old, else the one heard of longest ago that has
  /// not proven itself or, for a proven newcomer, that has. Negative if nobody does.
  private int victim(int now, boolean answered) {
    int oldest = -1;
    for (int i = 0; i < count; i++) {
      if (now - seenAt(i) > ContactCache.MAX_AGE_SECONDS) {
        return i;
      }
      if ((answered || !isProven(i)) && (oldest < 0 || isBefore(i, oldest))) {
        oldest = i;
      }
    }
    return oldest;
  }

  private boolean isBefore(int a, int b) {
    return isProven(a) == isProven(b) ? seenAt(a) - seenAt(b) < 0 : isProven(b);
  }

  private boolean isProven(int index) {
    return (proven >>> index & 1) != 0;
  }

  boolean isProven(int index, int now) {
    return index < count && isProven(index) && isFresh(index, now);
  }

  private boolean isFresh(int index, int now) {
    return now - seenAt(index) <= ContactCache.MAX_AGE_SECONDS;
  }

  private int find(Contact contact) {
    int mark = (int) contact.high();
    for (int i = 0; i < count; i++) {
      if ((int) (notes[i] >>> Integer.SIZE) == mark && contacts[i].equals(contact)) {
        return i;
      }
    }
    return -1;
  }

  boolean remove(Contact contact) {
    int index = find(contact);
    if (index < 0) {
      return false;
    }
    int last = --count;
    contacts[index] = contacts[last];
    notes[index] = notes[last];
    proven = (proven & ~(1L << index)) | (proven >>> last & 1) << index;
    return true;
  }

  /// The contacts that have a bit of their key set, or those that have not; null if there are none.
  @Nullable Slice part(int bit, boolean set) {
    Slice part = null;
    for (int i = 0; i < count; i++) {
      if ((contacts[i].high() << bit < 0) == set) {
        part = part == null ? new Slice() : part;
        part.take(contacts[i], seenAt(i), isProven(i));
      }
    }
    return part;
  }

  /// Appends those who were spoken of lately, the closest to a key first.
  void addFresh(KadKey target, int now, List<Contact> into) {
    int from = into.size();
    for (int i = 0; i < count; i++) {
      if (isFresh(i, now)) {
        int at = into.size();
        while (at > from && contacts[i].isCloserTo(target, into.get(at - 1))) {
          at--;
        }
        into.add(at, contacts[i]);
      }
    }
  }
}
