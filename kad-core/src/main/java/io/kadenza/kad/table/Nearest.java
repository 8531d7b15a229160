package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.PeerId;
import java.util.Arrays;
import java.util.List;

/// The closest contacts to a key, as they are selected bucket by bucket, each bucket farther away
/// than the one before. Confined to one selection.
final class Nearest {
  private final KadKey target;
  private final Contact[] found;

  /// The first word of each distance, so shifted that a plain comparison orders it: nearly all
  /// comparisons need no more, and follow no reference.
  private final long[] distances;

  /// Where each stands in the bucket that is being taken, for numbers are moved more cheaply than
  /// references.
  private final int[] places;

  private int count;

  /// @param room how many are sought
  Nearest(KadKey target, int room) {
    this.target = target;
    found = new Contact[room];
    distances = new long[room];
    places = new int[room];
  }

  boolean isFull() {
    return count == found.length;
  }

  /// Adds the closest of a bucket, in order, as far as there is room.
  void take(Row bucket) {
    long[] words = bucket.words();
    long shift = target.high() ^ Long.MIN_VALUE;
    int from = count;
    for (int i = 0; i < words.length; i++) {
      insert(bucket, i, words[i] ^ shift, from);
    }
    for (int i = from; i < count; i++) {
      found[i] = bucket.get(places[i]);
    }
  }

  private void insert(Row bucket, int place, long distance, int from) {
    int at = count;
    if (at < distances.length) {
      count++;
    } else if (at > from && isCloser(bucket, place, distance, at - 1)) {
      at--; // the farthest gives way
    } else {
      return;
    }
    while (at > from && isCloser(bucket, place, distance, at - 1)) {
      distances[at] = distances[at - 1];
      places[at] = places[at - 1];
      at--;
    }
    distances[at] = distance;
    places[at] = place;
  }

  private boolean isCloser(Row bucket, int place, long distance, int index) {
    long other = distances[index];
    return distance <= other
        && (distance < other || bucket.get(place).isCloserTo(target, bucket.get(places[index])));
  }

  /// The closest first.
  List<Contact> contacts() {
    return List.of(isFull() ? found : Arrays.copyOf(found, count));
  }

  /// Whether a peer is among them.
  boolean contains(PeerId peer) {
    for (int i = 0; i < count; i++) {
      if (found[i].isPeer(peer)) {
        return true;
      }
    }
    return false;
  }

  /// The closest first, without one peer that is among them.
  List<Contact> contactsWithout(PeerId peer) {
    Contact[] others = new Contact[count - 1];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (!found[i].isPeer(peer)) {
        others[kept++] = found[i];
      }
    }
    return List.of(others);
  }
}
