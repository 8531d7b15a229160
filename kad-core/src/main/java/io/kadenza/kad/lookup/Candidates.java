package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.Arrays;

/// Everybody that a walk has heard of, ordered by distance from the target, in parallel arrays.
/// Bounded: a peer that names ever more peers only pushes out the farthest.
final class Candidates {
  static final byte HEARD = 0;
  static final byte ASKED = 1;
  static final byte ANSWERED = 2;
  static final byte FAILED = 3;

  /// Asked, and silent for so long that nobody should wait for it; it may still answer.
  static final byte SLOW = 4;

  private final KadKey target;
  private final int limit;
  private Contact[] contacts;
  private byte[] states;

  /// How many referrals led here.
  private byte[] hops;

  /// The path that heard of it first.
  private byte[] paths;

  /// Monotonic nanos; meaningful once asked.
  private long[] askedAt;

  private int count;

  Candidates(KadKey target, int limit) {
    this.target = target;
    this.limit = limit;
    int capacity = Math.min(limit, 32);
    contacts = new Contact[capacity];
    states = new byte[capacity];
    hops = new byte[capacity];
    paths = new byte[capacity];
    askedAt = new long[capacity];
  }

  int count() {
    return count;
  }

  Contact contact(int index) {
    return contacts[index];
  }

  byte state(int index) {
    return states[index];
  }

  void state(int index, byte state) {
    states[index] = state;
  }

  void ask(int index, long now) {
    states[index] = ASKED;
    askedAt[index] = now;
  }

  long askedAt(int index) {
    return askedAt[index];
  }

  int hops(int index) {
    return hops[index];
  }

  int path(int index) {
    return paths[index];
  }

  /// Whether a request to this peer may still be answered.
  boolean isAwaited(int index) {
    return states[index] == ASKED || states[index] == SLOW;
  }

  /// The index of the peer with this key, negative if the walk has not heard of it.
  int find(KadKey key) {
    int at = position(key);
    return at < count && contacts[at].key().equals(key) ? at : -1;
  }

  /// Adds a peer; false if it is known, or if the list is full of closer ones.
  boolean add(Contact contact, int hopsTo, int path) {
    int at = position(contact.key());
    if (at < count && contacts[at].key().equals(contact.key())) {
      return false;
    }
    if (count == limit && !dropFarthest(at)) {
      return false;
    }
    ensureRoom();
    System.arraycopy(contacts, at, contacts, at + 1, count - at);
    System.arraycopy(states, at, states, at + 1, count - at);
    System.arraycopy(hops, at, hops, at + 1, count - at);
    System.arraycopy(paths, at, paths, at + 1, count - at);
    System.arraycopy(askedAt, at, askedAt, at + 1, count - at);
    contacts[at] = contact;
    states[at] = HEARD;
    paths[at] = (byte) path;
    hops[at] = (byte) Math.min(hopsTo, Byte.MAX_VALUE);
    count++;
    return true;
  }

  /// Makes room by forgetting the farthest peer that is not being asked, if it lies behind `at`.
  private boolean dropFarthest(int at) {
    int victim = count - 1;
    while (victim >= at && isAwaited(victim)) {
      victim--;
    }
    if (victim < at) {
      return false;
    }
    int behind = count - 1 - victim;
    System.arraycopy(contacts, victim + 1, contacts, victim, behind);
    System.arraycopy(states, victim + 1, states, victim, behind);
    System.arraycopy(hops, victim + 1, hops, victim, behind);
    System.arraycopy(paths, victim + 1, paths, victim, behind);
    System.arraycopy(askedAt, victim + 1, askedAt, victim, behind);
    count--;
    return true;
  }

  private void ensureRoom() {
    if (count == contacts.length) {
      int capacity = Math.min(limit, 2 * count);
      contacts = Arrays.copyOf(contacts, capacity);
      states = Arrays.copyOf(states, capacity);
      hops = Arrays.copyOf(hops, capacity);
      paths = Arrays.copyOf(paths, capacity);
      askedAt = Arrays.copyOf(askedAt, capacity);
    }
  }

  /// Where the key stands or would stand.
  private int position(KadKey key) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (target.compareDistance(contacts[middle].key(), key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
