package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Contacts of one bucket, in order. Immutable: the bucket and every snapshot that has seen it
/// share one row, and what one of them has found out about it.
final class Row {
  static final Row EMPTY = new Row(new Contact[0]);

  private final Contact[] contacts;

  /// The first word of each contact's key, by which it is found and put in order without a look at
  /// the contact. Null until somebody asks, for most rows of a million simulated nodes are never
  /// looked at. Racing threads compute equal values.
  private long @Nullable [] words;

  /// Each contact's [Contact#ipMark]. Null until somebody asks; only the table's owner does.
  private int @Nullable [] marks;

  private Row(Contact[] contacts) {
    this.contacts = contacts;
  }

  /// A row that came of another with one change, whose notes say the same about it.
  private Row(Contact[] contacts, long @Nullable [] words, int @Nullable [] marks) {
    this.contacts = contacts;
    this.marks = marks;
    // An array has no final fields: whoever sees it is to see what is in it.
    VarHandle.storeStoreFence();
    this.words = words;
  }

  /// The first `count` of some contacts.
  static Row of(Contact[] contacts, int count) {
    return count == 0 ? EMPTY : new Row(Arrays.copyOf(contacts, count));
  }

  int size() {
    return contacts.length;
  }

  Contact get(int index) {
    return contacts[index];
  }

  List<Contact> all() {
    return List.of(contacts);
  }

  /// The first words of the keys, in the same order. Shared: not to be written to.
  long[] words() {
    long[] known = words;
    if (known == null) {
      known = new long[contacts.length];
      for (int i = 0; i < known.length; i++) {
        known[i] = contacts[i].high();
      }
      // An array has no final fields: whoever sees it is to see what is in it.
      VarHandle.storeStoreFence();
      words = known;
    }
    return known;
  }

  /// What the contacts' IP groups are told by, in the same order. Confined to the table's owner;
  /// shared: not to be written to.
  int[] marks() {
    int[] known = marks;
    if (known == null) {
      known = new int[contacts.length];
      for (int i = 0; i < known.length; i++) {
        known[i] = contacts[i].ipMark();
      }
      marks = known;
    }
    return known;
  }

  /// Frees what has been found out, for who is not going to ask again soon. Confined to the table's
  /// owner.
  void forgetNotes() {
    words = null;
    marks = null;
  }

  /// Where a key stands, negative if it does not.
  int find(KadKey key) {
    long[] known = words();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == key.high() && contacts[i].isAt(key)) {
        return i;
      }
    }
    return -1;
  }

  /// The same, for a contact, without a look at its key.
  int find(Contact contact) {
    long[] known = words();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == contact.high() && contacts[i].equals(contact)) {
        return i;
      }
    }
    return -1;
  }

  Row with(Contact last) {
    int n = contacts.length;
    Contact[] more = Arrays.copyOf(contacts, n + 1);
    more[n] = last;
    long[] known = words;
    if (known != null) {
      known = Arrays.copyOf(known, n + 1);
      known[n] = last.high();
    }
    int[] noted = marks;
    if (noted != null) {
      noted = Arrays.copyOf(noted, n + 1);
      noted[n] = last.ipMark();
    }
    return new Row(more, known, noted);
  }

  Row replaced(int index, Contact contact) {
    Contact[] others = contacts.clone();
    others[index] = contact;
    return new Row(others);
  }

  /// The contacts for which a mark is zero.
  ///
  /// @param marked a mark for each contact
  Row unmarked(byte[] marked) {
    int count = 0;
    for (int i = 0; i < contacts.length; i++) {
      count += marked[i] == 0 ? 1 : 0;
    }
    if (count == contacts.length) {
      return this;
    } else if (count == 0) {
      return EMPTY;
    }
    Contact[] rest = new Contact[count];
    long[] known = words();
    long[] restWords = new long[count];
    int kept = 0;
    for (int i = 0; i < contacts.length; i++) {
      if (marked[i] == 0) {
        rest[kept] = contacts[i];
        restWords[kept++] = known[i];
      }
    }
    return new Row(rest, restWords, null);
  }

  Row without(int index) {
    int n = contacts.length - 1;
    if (n == 0) {
      return EMPTY;
    }
    long[] known = words;
    int[] noted = marks;
    return new Row(
        leaveOut(contacts, index, new Contact[n], n),
        known == null ? null : leaveOut(known, index, new long[n], n),
        noted == null ? null : leaveOut(noted, index, new int[n], n));
  }

  /// Copies an array but for one place.
  ///
  /// @param rest where the other `n` go; returned
  static <A> A leaveOut(A array, int index, A rest, int n) {
    System.arraycopy(array, 0, rest, 0, index);
    System.arraycopy(array, index + 1, rest, index, n - index);
    return rest;
  }
}
