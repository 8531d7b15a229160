package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The contacts that share a prefix of one length with us, the longest known first. What is noted
/// of each stands in arrays of exact length, and in none where all contacts are alike: a million
/// simulated nodes have twenty million buckets.
final class Bucket {
  private static final Contact[] NONE = {};

  private Row contacts = Row.EMPTY;

  /// When each was last heard from, in seconds; null as long as all contacts came with [#fill], at
  /// `filledAt`.
  private int @Nullable [] seenAt;

  private int filledAt;

  /// How often in a row each has failed; null as long as none has.
  private byte @Nullable [] failures;

  /// Those whose last request was answered; the same row as `contacts` if that is all of them, null
  /// when it has to be made anew.
  private @Nullable Row healthy = Row.EMPTY;

  /// Candidates for the next free place, the latest seen last.
  private Contact[] spares = NONE;

  int size() {
    return contacts.size();
  }

  int find(KadKey key) {
    return contacts.find(key);
  }

  int find(Contact contact) {
    return contacts.find(contact);
  }

  boolean contains(Contact contact) {
    return find(contact) >= 0;
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
    return contacts.get(index);
  }

  void append(Contact contact, int now) {
    int n = contacts.size();
    int[] times = Arrays.copyOf(times(), n + 1);
    times[n] = now;
    seenAt = times;
    if (failures != null) {
      failures = Arrays.copyOf(failures, n + 1);
    }
    contacts = contacts.with(contact);
    healthy = null;
    forgetSpare(contact.key());
  }

  /// Appends the first `count` of some contacts that are not here, at once.
  void fill(Contact[] with, int count, int now) {
    if (contacts.size() > 0) {
      for (int i = 0; i < count; i++) {
        append(with[i], now);
      }
    } else if (count > 0) {
      contacts = Row.of(with, count);
      for (int i = 0; i < count; i++) {
        forgetSpare(with[i].key());
      }
      seenAt = null;
      failures = null;
      filledAt = now;
      healthy = null;
    }
  }

  private int[] times() {
    int[] known = seenAt;
    if (known == null) {
      known = new int[contacts.size()];
      Arrays.fill(known, filledAt);
      seenAt = known;
    }
    return known;
  }

  void replace(int index, Contact contact) {
    contacts = contacts.replaced(index, contact);
    healthy = null;
  }

  void remove(int index) {
    int last = contacts.size() - 1;
    seenAt = Row.leaveOut(times(), index, new int[last], last);
    byte[] failed = failures;
    if (failed != null) {
      failures = Row.leaveOut(failed, index, new byte[last], last);
    }
    contacts = contacts.without(index);
    healthy = null;
  }

  /// Notes a sign of life that is no answer: whoever is in doubt stays there.
  void seen(int index, int now) {
    times()[index] = now;
  }

  /// Notes an answer; tells whether the contact was in doubt before.
  boolean answered(int index, int now) {
    times()[index] = now;
    byte[] failed = failures;
    if (failed == null || failed[index] == 0) {
      return false;
    }
    failed[index] = 0;
    healthy = null;
    return true;
  }

  /// Notes a failure and returns how many there were in a row.
  int failed(int index) {
    byte[] failed = failures;
    if (failed == null) {
      failed = new byte[contacts.size()];
      failures = failed;
    }
    if (failed[index] < Byte.MAX_VALUE) {
      failed[index]++;
    }
    healthy = null;
    return failed[index];
  }

  boolean isDoubted(int index) {
    return failures(index) != 0;
  }

  int failures(int index) {
    return failures == null ? 0 : failures[index];
  }

  int seenAt(int index) {
    return seenAt == null ? filledAt : seenAt[index];
  }

  Row contacts() {
    return contacts;
  }

  Row healthy() {
    Row known = healthy;
    if (known == null) {
      known = selectHealthy();
      healthy = known;
    }
    return known;
  }

  private Row selectHealthy() {
    byte[] failed = failures;
    if (failed == null) {
      return contacts;
    }
    Row selected = contacts.unmarked(failed);
    if (selected.size() == contacts.size()) {
      failures = null;
    }
    return selected;
  }

  /// Remembers a candidate, at the cost of the one not seen for longest.
  void addSpare(Contact contact, int limit) {
    forgetSpare(contact.key());
    if (limit <= 0) {
      return;
    }
    if (spares.length < limit) {
      spares = Arrays.copyOf(spares, spares.length + 1);
    } else {
      System.arraycopy(spares, 1, spares, 0, spares.length - 1);
    }
    spares[spares.length - 1] = contact;
  }

  void forgetSpare(KadKey key) {
    int index = find(spares, key);
    if (index >= 0) {
      spares = without(spares, index);
    }
  }

  /// The candidates, as they are: not to be written to.
  Contact[] spares() {
    return spares;
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
    int n = from.length - 1;
    return n == 0 ? NONE : Row.leaveOut(from, index, new Contact[n], n);
  }
}
