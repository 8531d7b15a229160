package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The contacts that share a prefix of one length with us, the longest known first. Parallel arrays
/// of exact length: a million simulated nodes have ten million buckets.
///
/// The arrays of contacts are replaced, never written to, because snapshots share them.
final class Bucket {
  private static final Contact[] NONE = {};

  private Contact[] contacts = NONE;
  private int[] answeredAt = {};
  private byte[] failures = {};

  /// Those whose last request was answered; the same array as `contacts` if that is all of them,
  /// null when it has to be made anew.
  private Contact @Nullable [] healthy = NONE;

  /// Candidates for the next free place, the latest seen last.
  private Contact[] spares = NONE;

  int size() {
    return contacts.length;
  }

  int find(KadKey key) {
    return find(contacts, key);
  }

  private static int find(Contact[] in, KadKey key) {
    for (int i = 0; i < in.length; i++) {
      if (in[i].isAt(key)) {
        return i;
      }
    }
    return -1;
  }

  Contact get(int index) {
    return contacts[index];
  }

  void append(Contact contact, int now) {
    int n = contacts.length;
    contacts = Arrays.copyOf(contacts, n + 1);
    answeredAt = Arrays.copyOf(answeredAt, n + 1);
    failures = Arrays.copyOf(failures, n + 1);
    contacts[n] = contact;
    answeredAt[n] = now;
    healthy = null;
    forgetSpare(contact.key());
  }

  void replace(int index, Contact contact) {
    contacts = contacts.clone();
    contacts[index] = contact;
    healthy = null;
  }

  void remove(int index) {
    contacts = without(contacts, index);
    int last = contacts.length;
    System.arraycopy(answeredAt, index + 1, answeredAt, index, last - index);
    System.arraycopy(failures, index + 1, failures, index, last - index);
    answeredAt = Arrays.copyOf(answeredAt, last);
    failures = Arrays.copyOf(failures, last);
    healthy = null;
  }

  /// Notes an answer; tells whether the contact was in doubt before.
  boolean answered(int index, int now) {
    answeredAt[index] = now;
    boolean doubted = failures[index] != 0;
    if (doubted) {
      failures[index] = 0;
      healthy = null;
    }
    return doubted;
  }

  /// Notes a failure and returns how many there were in a row.
  int failed(int index) {
    if (failures[index] < Byte.MAX_VALUE) {
      failures[index]++;
    }
    healthy = null;
    return failures[index];
  }

  boolean isDoubted(int index) {
    return failures[index] != 0;
  }

  int answeredAt(int index) {
    return answeredAt[index];
  }

  Contact[] contacts() {
    return contacts;
  }

  Contact[] healthy() {
    Contact[] known = healthy;
    if (known == null) {
      known = selectHealthy();
      healthy = known;
    }
    return known;
  }

  private Contact[] selectHealthy() {
    int count = 0;
    for (byte failed : failures) {
      count += failed == 0 ? 1 : 0;
    }
    if (count == contacts.length) {
      return contacts;
    }
    Contact[] selected = new Contact[count];
    int at = 0;
    for (int i = 0; i < contacts.length; i++) {
      if (failures[i] == 0) {
        selected[at++] = contacts[i];
      }
    }
    return selected;
  }

  /// Remembers a candidate, at the cost of the one not seen for longest.
  void addSpare(Contact contact, int limit) {
    forgetSpare(contact.key());
    if (limit <= 0) {
      return;
    }
    if (spares.length >= limit) {
      spares = without(spares, 0);
    }
    spares = Arrays.copyOf(spares, spares.length + 1);
    spares[spares.length - 1] = contact;
  }

  void forgetSpare(KadKey key) {
    int index = find(spares, key);
    if (index >= 0) {
      spares = without(spares, index);
    }
  }

  /// Takes the candidate seen last.
  @Nullable Contact takeSpare() {
    if (spares.length == 0) {
      return null;
    }
    Contact last = spares[spares.length - 1];
    spares = without(spares, spares.length - 1);
    return last;
  }

  private static Contact[] without(Contact[] from, int index) {
    if (from.length == 1) {
      return NONE;
    }
    Contact[] rest = new Contact[from.length - 1];
    System.arraycopy(from, 0, rest, 0, index);
    System.arraycopy(from, index + 1, rest, index, rest.length - index);
    return rest;
  }
}
