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

  private Row(Contact[] contacts) {
    this.contacts = contacts;
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

  boolean contains(Contact contact) {
    long[] known = words();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == contact.high() && contacts[i].equals(contact)) {
        return true;
      }
    }
    return false;
  }

  Row with(Contact last) {
    Contact[] more = Arrays.copyOf(contacts, contacts.length + 1);
    more[contacts.length] = last;
    return new Row(more);
  }

  Row replaced(int index, Contact contact) {
    Contact[] others = contacts.clone();
    others[index] = contact;
    return new Row(others);
  }

  Row without(int index) {
    Contact[] rest = Arrays.copyOf(contacts, contacts.length - 1);
    System.arraycopy(contacts, index + 1, rest, index, rest.length - index);
    return rest.length == 0 ? EMPTY : new Row(rest);
  }
}
