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

  private int count;

  /// @param room how many are sought
  Nearest(KadKey target, int room) {
    this.target = target;
    found = new Contact[room];
    distances = new long[room];
  }

  boolean isFull() {
    return count == found.length;
  }

  /// Adds the closest of a bucket, in order, as far as there is room.
  void take(Row bucket) {
    long[] words = bucket.words();
    int from = count;
    for (int i = 0; i < words.length; i++) {
      insert(bucket.get(i), words[i], from);
    }
  }

  private void insert(Contact contact, long word, int from) {
    long distance = word ^ target.high() ^ Long.MIN_VALUE;
    int at = count;
    while (at > from && isCloser(contact, distance, at - 1)) {
      at--;
    }
    if (at == found.length) {
      return;
    }
    if (count < found.length) {
      count++;
    }
    for (int i = count - 1; i > at; i--) {
      found[i] = found[i - 1];
      distances[i] = distances[i - 1];
    }
    found[at] = contact;
    distances[at] = distance;
  }

  private boolean isCloser(Contact contact, long distance, int index) {
    return distance != distances[index]
        ? distance < distances[index]
        : contact.isCloserTo(target, found[index]);
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
