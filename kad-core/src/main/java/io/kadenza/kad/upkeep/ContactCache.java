package io.kadenza.kad.upkeep;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Servers heard of in answers, in the table or not, so that a walk need not begin far away from
/// where an earlier one has been. Confined to the engine.
///
/// The keyspace is cut into slices of equal width with room for a few contacts each, the more the
/// fuller the cache is: whoever floods it fills the slices where its ids lie and no others. Who has
/// answered us gives way only to others who have, and whoever was not spoken of for
/// [#MAX_AGE_SECONDS] is not used. Being in here proves nothing: a walk still has to ask.
public final class ContactCache {
  /// A server that nobody has named for so long has probably gone.
  public static final int MAX_AGE_SECONDS = 60 * 60;

  /// Who names more is not remembered: real peers take a few hundred bytes, those with certificate
  /// hashes in their addresses 1,500.
  public static final int MAX_ADDRESS_BYTES = 2 << 10;

  private static final int MAX_SLICE_BITS = 14;

  private final int capacity;
  private final int maxSliceBits;

  /// How many leading bits of a key name its slice.
  private int sliceBits;

  private @Nullable Slice[] slices = {};
  private int size;

  /// @param capacity about how many contacts fit; 0 for none
  public ContactCache(int capacity) {
    this.capacity = capacity;
    int bits = 0;
    while (bits < MAX_SLICE_BITS && Slice.ROOM << (bits + 1) <= capacity) {
      bits++;
    }
    maxSliceBits = bits;
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
  public void failed(Contact contact) {
    Slice slice = slices.length == 0 ? null : slices[sliceOf(contact.high())];
    if (slice != null && slice.remove(contact)) {
      size--;
    }
  }

  private void take(Contact contact, int now, boolean answered) {
    if (capacity == 0 || contact.addressSize() > MAX_ADDRESS_BYTES) {
      return;
    }
    Slice slice = sliceFor(contact);
    while (slice.isFullFor(contact) && sliceBits < maxSliceBits) {
      split();
      slice = sliceFor(contact);
    }
    int before = slice.size();
    slice.take(contact, now, answered);
    size += slice.size() - before;
  }

  private Slice sliceFor(Contact contact) {
    if (slices.length == 0) {
      slices = new Slice[1];
    }
    int index = sliceOf(contact.high());
    Slice slice = slices[index];
    if (slice == null) {
      slice = new Slice();
      slices[index] = slice;
    }
    return slice;
  }

  /// Halves all slices.
  private void split() {
    @Nullable Slice[] halves = new Slice[2 * slices.length];
    for (int i = 0; i < slices.length; i++) {
      Slice slice = slices[i];
      if (slice != null) {
        halves[2 * i] = slice.part(sliceBits, false);
        halves[2 * i + 1] = slice.part(sliceBits, true);
      }
    }
    slices = halves;
    sliceBits++;
  }

  private int sliceOf(long high) {
    return sliceBits == 0 ? 0 : (int) (high >>> (Long.SIZE - sliceBits));
  }

  /// The `n` contacts closest to a key that somebody has spoken of lately, the closest first.
  public List<Contact> closest(KadKey target, int n, int now) {
    if (size == 0) {
      return List.of();
    }
    var found = new ArrayList<Contact>(n + Slice.ROOM);
    int own = sliceOf(target.high());
    // What lies in the slice at XOR i of ours is closer than all that lies in those behind it.
    for (int i = 0; i < slices.length && found.size() < n; i++) {
      Slice slice = slices[own ^ i];
      if (slice != null) {
        slice.addFresh(target, now, found);
      }
    }
    return found.size() > n ? found.subList(0, n) : found;
  }

  /// Those who have answered us lately, at most `n`, from all over the keyspace.
  public List<Contact> proven(int n, int now) {
    var found = new ArrayList<Contact>();
    for (int place = 0; place < Slice.ROOM && found.size() < n; place++) {
      for (int i = 0; i < slices.length && found.size() < n; i++) {
        Slice slice = slices[i];
        if (slice != null && slice.isProven(place, now)) {
          found.add(slice.get(place));
        }
      }
    }
    return found;
  }
}
