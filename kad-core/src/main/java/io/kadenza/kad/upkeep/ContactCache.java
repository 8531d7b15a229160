package io.kadenza.kad.upkeep;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Servers heard of in answers, in the table or not, so that a walk need not begin far away from
/// where an earlier one has been. Confined to the engine's thread.
///
/// The keyspace is cut into slices of equal width with room for a few contacts each: whoever floods
/// the cache fills the slices where its ids lie and no others. Who has answered us gives way only
/// to others who have, and whoever was not spoken of for [#MAX_AGE_SECONDS] is not used. Being in
/// here proves nothing: a walk still has to ask.
public final class ContactCache {
  /// A server that nobody has named for so long has probably gone.
  public static final int MAX_AGE_SECONDS = 60 * 60;

  private static final int PER_SLICE = 16;
  private static final int MAX_SLICE_BITS = 14;

  /// How many leading bits of a key name its slice.
  private final int sliceBits;

  private final int capacity;
  private @Nullable Slice[] slices = {};
  private int size;

  /// @param capacity about how many contacts fit; 0 for none
  public ContactCache(int capacity) {
    this.capacity = capacity;
    int bits = 0;
    while (bits < MAX_SLICE_BITS && PER_SLICE << (bits + 1) <= capacity) {
      bits++;
    }
    sliceBits = bits;
  }

  /// How many contacts there are, old ones included.
  public int size() {
    return size;
  }

  /// A peer was named by another one.
  ///
  /// @param now in seconds, from any origin
  public void heard(Contact contact, int now) {
    take(contact, now, false);
  }

  /// A peer has answered us.
  public void answered(Contact contact, int now) {
    take(contact, now, true);
  }

  /// A peer did not answer us.
  public void failed(KadKey key) {
    Slice slice = slices.length == 0 ? null : slices[sliceOf(key)];
    if (slice != null && slice.remove(key)) {
      size--;
    }
  }

  private void take(Contact contact, int now, boolean answered) {
    if (capacity == 0) {
      return;
    }
    if (slices.length == 0) {
      slices = new Slice[1 << sliceBits];
    }
    int index = sliceOf(contact.key());
    Slice slice = slices[index];
    if (slice == null) {
      slice = new Slice();
      slices[index] = slice;
    }
    int before = slice.count;
    slice.take(contact, now, answered);
    size += slice.count - before;
  }

  private int sliceOf(KadKey key) {
    return sliceBits == 0 ? 0 : (int) (key.high() >>> (Long.SIZE - sliceBits));
  }

  /// The `n` contacts closest to a key that somebody has spoken of lately, the closest first.
  public List<Contact> closest(KadKey target, int n, int now) {
    if (size == 0) {
      return List.of();
    }
    var found = new ArrayList<Contact>(n + PER_SLICE);
    int own = sliceOf(target);
    // What lies in the slice at XOR i of ours is closer than all that lies in those behind it.
    for (int i = 0; i < slices.length && found.size() < n; i++) {
      Slice slice = slices[own ^ i];
      if (slice != null) {
        int from = found.size();
        slice.fresh(now, found);
        found.subList(from, found.size()).sort((a, b) -> target.compareDistance(a.key(), b.key()));
      }
    }
    return found.size() > n ? found.subList(0, n) : found;
  }

  /// Those who have answered us lately, at most `n`, from all over the keyspace.
  public List<Contact> proven(int n, int now) {
    var found = new ArrayList<Contact>();
    for (int place = 0; place < PER_SLICE && found.size() < n; place++) {
      for (int i = 0; i < slices.length && found.size() < n; i++) {
        Slice slice = slices[i];
        if (slice != null && slice.isProven(place, now)) {
          found.add(slice.contacts[place]);
        }
      }
    }
    return found;
  }

  /// The contacts of one slice in no order, with the second in which each was last spoken of.
  private static final class Slice {
    private Contact[] contacts = new Contact[1];
    private int[] seenAt = new int[1];
    private long proven;
    private int count;

    void take(Contact contact, int now, boolean answered) {
      int index = find(contact.key());
      if (index < 0) {
        index = count < PER_SLICE ? append() : victim(now, answered);
        if (index < 0) {
          return;
        }
        contacts[index] = contact;
        proven &= ~(1L << index);
      } else if (answered || !isProven(index)) {
        contacts[index] = contact;
      }
      seenAt[index] = now;
      proven |= answered ? 1L << index : 0;
    }

    private int append() {
      if (count == contacts.length) {
        int room = Math.min(PER_SLICE, 2 * count);
        contacts = Arrays.copyOf(contacts, room);
        seenAt = Arrays.copyOf(seenAt, room);
      }
      return count++;
    }

    /// Who gives way to a newcomer: whoever is too old, else the one heard of longest ago that has
    /// not proven itself or, for a proven newcomer, that has. Negative if nobody does.
    private int victim(int now, boolean answered) {
      int oldest = -1;
      for (int i = 0; i < count; i++) {
        if (now - seenAt[i] > MAX_AGE_SECONDS) {
          return i;
        }
        if ((answered || !isProven(i)) && (oldest < 0 || isBefore(i, oldest))) {
          oldest = i;
        }
      }
      return oldest;
    }

    private boolean isBefore(int a, int b) {
      return isProven(a) == isProven(b) ? seenAt[a] - seenAt[b] < 0 : isProven(b);
    }

    private boolean isProven(int index) {
      return (proven >>> index & 1) != 0;
    }

    boolean isProven(int index, int now) {
      return index < count && isProven(index) && now - seenAt[index] <= MAX_AGE_SECONDS;
    }

    private int find(KadKey key) {
      for (int i = 0; i < count; i++) {
        if (contacts[i].key().equals(key)) {
          return i;
        }
      }
      return -1;
    }

    boolean remove(KadKey key) {
      int index = find(key);
      if (index < 0) {
        return false;
      }
      int last = --count;
      contacts[index] = contacts[last];
      seenAt[index] = seenAt[last];
      proven = (proven & ~(1L << index)) | (proven >>> last & 1) << index;
      proven &= ~(1L << last);
      return true;
    }

    void fresh(int now, List<Contact> into) {
      for (int i = 0; i < count; i++) {
        if (now - seenAt[i] <= MAX_AGE_SECONDS) {
          into.add(contacts[i]);
        }
      }
    }
  }
}
