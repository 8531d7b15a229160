package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Everybody that a walk has heard of, ordered by distance from the target, in parallel arrays.
/// Whoever comes between others moves two numbers for each of them; everything else stays in its
/// place.
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

  /// As many as most walks hear of in a network of a thousand.
  private static final int ROOM = 128;

  private final KadKey target;
  private final int perOctave;

  /// The first 64 bits of each distance, in order.
  private long[] near;

  /// In the same order: where the following arrays have the rest.
  private int[] places;

  private Contact[] contacts;
  private byte[] states;

  /// How many referrals led here.
  private byte[] hops;

  /// The path that heard of it first.
  private byte[] paths;

  /// Monotonic nanos from when on a peer is slow; meaningful once asked.
  private long[] slowAt;

  /// From when on it is late or, once it is slow, given up.
  private long[] stepAt;

  private int count;
  private final short[] inOctave = new short[OCTAVES];

  /// @param perOctave how many are kept of each octave
  Candidates(KadKey target, int perOctave) {
    this.target = target;
    this.perOctave = perOctave;
    near = new long[ROOM];
    places = new int[ROOM];
    contacts = new Contact[ROOM];
    states = new byte[ROOM];
    hops = new byte[ROOM];
    paths = new byte[ROOM];
    slowAt = new long[ROOM];
    stepAt = new long[ROOM];
  }

  int count() {
    return count;
  }

  Contact contact(int index) {
    return contacts[places[index]];
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
    return states[places[index]];
  }

  void state(int index, byte state) {
    states[places[index]] = state;
  }

  void ask(int index, long now, long slow) {
    int place = places[index];
    states[place] = ASKED;
    stepAt[place] = now + (slow - now) / 2;
    slowAt[place] = slow;
  }

  /// Half way to [#slowAt], by when nine of ten have answered; until the peer is slow.
  long lateAt(int index) {
    return stepAt(index);
  }

  /// [#lateAt] or, once the peer is slow, [#givenUpAt].
  long stepAt(int index) {
    return stepAt[places[index]];
  }

  void slow(int index, long givenUp) {
    int place = places[index];
    states[place] = SLOW;
    stepAt[place] = givenUp;
  }

  /// From when on not even those who have time should wait for a peer that is slow.
  long givenUpAt(int index) {
    return stepAt(index);
  }

  long slowAt(int index) {
    return slowAt[places[index]];
  }

  int hops(int index) {
    return hops[places[index]];
  }

  int path(int index) {
    return paths[places[index]];
  }

  /// Whether a peer in this state has answered, or can be expected to.
  static boolean isPromising(int state) {
    return state != FAILED && state != SLOW;
  }

  /// Everybody who has not failed, in order.
  List<Contact> notFailed() {
    var selected = new ArrayList<Contact>(count);
    for (int i = 0; i < count; i++) {
      if (state(i) != FAILED) {
        selected.add(contact(i));
      }
    }
    return selected;
  }

  /// How many referrals led to the remotest of those who answered.
  int hopsToAnswers() {
    int most = 0;
    for (int i = 0; i < count; i++) {
      if (state(i) == ANSWERED) {
        most = Math.max(most, hops(i));
      }
    }
    return most;
  }

  /// Whether a request to this peer may still be answered.
  boolean isAwaited(int index) {
    byte state = state(index);
    return state == ASKED || state == SLOW;
  }

  /// The index of this peer, negative if the walk has not heard of it.
  int find(Contact contact) {
    int at = position(contact);
    return isAt(at, contact) ? at : -1;
  }

  private boolean isAt(int index, Contact contact) {
    return index < count
        && near[index] == (target.high() ^ contact.high())
        && contact(index).equals(contact);
  }

  /// Adds a peer; false if it is known, or if its octave is full of closer ones.
  boolean add(Contact contact, int hopsTo, int path) {
    int at = position(contact);
    if (isAt(at, contact)) {
      return false;
    }
    long distance = target.high() ^ contact.high();
    int octave = Long.numberOfLeadingZeros(distance);
    int place = count;
    int last = count;
    if (inOctave[octave] >= perOctave) {
      last = farthest(octave, at);
      if (last < 0) {
        return false;
      }
      place = places[last];
    } else {
      ensureRoom();
      inOctave[octave]++;
      count++;
    }
    System.arraycopy(near, at, near, at + 1, last - at);
    System.arraycopy(places, at, places, at + 1, last - at);
    near[at] = distance;
    places[at] = place;
    contacts[place] = contact;
    states[place] = HEARD;
    paths[place] = (byte) path;
    hops[place] = (byte) Math.min(hopsTo, Byte.MAX_VALUE);
    return true;
  }

  /// Who of a full octave gives way to somebody at `at`: the farthest behind it that has not been
  /// asked. Negative if nobody does.
  private int farthest(int octave, int at) {
    int victim = -1;
    for (int i = at; i < count && octave(i) == octave; i++) {
      victim = state(i) == HEARD ? i : victim;
    }
    return victim;
  }

  private void ensureRoom() {
    if (count == contacts.length) {
      int capacity = 2 * count;
      near = Arrays.copyOf(near, capacity);
      places = Arrays.copyOf(places, capacity);
      contacts = Arrays.copyOf(contacts, capacity);
      states = Arrays.copyOf(states, capacity);
      hops = Arrays.copyOf(hops, capacity);
      paths = Arrays.copyOf(paths, capacity);
      slowAt = Arrays.copyOf(slowAt, capacity);
      stepAt = Arrays.copyOf(stepAt, capacity);
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
      if (order < 0 || (order == 0 && contact(middle).isCloserTo(target, contact))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
