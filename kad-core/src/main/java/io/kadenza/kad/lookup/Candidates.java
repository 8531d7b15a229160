package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.Arrays;

/// Everybody that a walk has heard of, ordered by distance from the target, in parallel arrays.
///
/// Bounded for each octave of distance, which is what lies from half as far to as far as a power of
/// two: a peer that names ever more peers pushes out the farthest of the octave in which these lie,
/// and nobody else.
final class Candidates {
  static final byte HEARD = 0;
  static final byte ASKED = 1;
  static final byte ANSWERED = 2;
  static final byte FAILED = 3;

  /// Asked, and silent for so long that nobody should wait for it; it may still answer.
  static final byte SLOW = 4;

  private static final int OCTAVES = Long.SIZE + 1;

  private final KadKey target;
  private final int perOctave;
  private Contact[] contacts;

  /// The first 64 bits of each distance.
  private long[] near;

  private byte[] states;

  /// How many referrals led here.
  private byte[] hops;

  /// The path that heard of it first.
  private byte[] paths;

  /// Monotonic nanos from when on nobody should wait for a peer; meaningful once asked.
  private long[] slowAt;

  private long[] lateAt;

  private int count;
  private final short[] inOctave = new short[OCTAVES];

  /// @param perOctave how many are kept of each octave
  Candidates(KadKey target, int perOctave) {
    this.target = target;
    this.perOctave = perOctave;
    int capacity = 32;
    contacts = new Contact[capacity];
    near = new long[capacity];
    states = new byte[capacity];
    hops = new byte[capacity];
    paths = new byte[capacity];
    slowAt = new long[capacity];
    lateAt = new long[capacity];
  }

  int count() {
    return count;
  }

  Contact contact(int index) {
    return contacts[index];
  }

  /// The first 64 bits of the distance, an unsigned number.
  long near(int index) {
    return near[index];
  }

  /// How many leading bits a candidate shares with the target, at most 64.
  int octave(int index) {
    return Long.numberOfLeadingZeros(near[index]);
  }

  byte state(int index) {
    return states[index];
  }

  void state(int index, byte state) {
    states[index] = state;
  }

  void ask(int index, long now, long slow) {
    states[index] = ASKED;
    lateAt[index] = now + (slow - now) / 2;
    slowAt[index] = slow;
  }

  /// Half way to [#slowAt], by when nine of ten have answered.
  long lateAt(int index) {
    return lateAt[index];
  }

  long slowAt(int index) {
    return slowAt[index];
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

  /// The index of this peer, negative if the walk has not heard of it.
  int find(Contact contact) {
    int at = position(contact);
    return isAt(at, contact) ? at : -1;
  }

  private boolean isAt(int index, Contact contact) {
    return index < count
        && near[index] == (target.high() ^ contact.high())
        && contacts[index].equals(contact);
  }

  /// Adds a peer; false if it is known, or if its octave is full of closer ones.
  boolean add(Contact contact, int hopsTo, int path) {
    int at = position(contact);
    if (isAt(at, contact)) {
      return false;
    }
    long distance = target.high() ^ contact.high();
    int octave = Long.numberOfLeadingZeros(distance);
    if (inOctave[octave] >= perOctave && !dropFarthest(octave, at)) {
      return false;
    }
    ensureRoom();
    move(at, at + 1, count - at);
    contacts[at] = contact;
    near[at] = distance;
    states[at] = HEARD;
    paths[at] = (byte) path;
    hops[at] = (byte) Math.min(hopsTo, Byte.MAX_VALUE);
    inOctave[octave]++;
    count++;
    return true;
  }

  /// Makes room by forgetting the farthest peer of an octave that has not been asked, if it lies
  /// behind `at`.
  private boolean dropFarthest(int octave, int at) {
    int victim = at;
    for (int i = at; i < count && octave(i) == octave; i++) {
      victim = states[i] == HEARD ? i : victim;
    }
    if (victim >= count || octave(victim) != octave || states[victim] != HEARD) {
      return false;
    }
    move(victim + 1, victim, count - 1 - victim);
    inOctave[octave]--;
    count--;
    return true;
  }

  private void move(int from, int to, int length) {
    System.arraycopy(contacts, from, contacts, to, length);
    System.arraycopy(near, from, near, to, length);
    System.arraycopy(states, from, states, to, length);
    System.arraycopy(hops, from, hops, to, length);
    System.arraycopy(paths, from, paths, to, length);
    System.arraycopy(slowAt, from, slowAt, to, length);
    System.arraycopy(lateAt, from, lateAt, to, length);
  }

  private void ensureRoom() {
    if (count == contacts.length) {
      int capacity = 2 * count;
      contacts = Arrays.copyOf(contacts, capacity);
      near = Arrays.copyOf(near, capacity);
      states = Arrays.copyOf(states, capacity);
      hops = Arrays.copyOf(hops, capacity);
      paths = Arrays.copyOf(paths, capacity);
      slowAt = Arrays.copyOf(slowAt, capacity);
      lateAt = Arrays.copyOf(lateAt, capacity);
    }
  }

  /// Where a peer stands or would stand.
  private int position(Contact contact) {
    long distance = target.high() ^ contact.high();
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(near[middle], distance);
      if (order < 0 || (order == 0 && contacts[middle].isCloserTo(target, contact))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
