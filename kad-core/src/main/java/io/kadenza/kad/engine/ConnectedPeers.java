package io.kadenza.kad.engine;

import io.kadenza.multiformats.PeerId;
import org.jspecify.annotations.Nullable;

/// The peers with a connection, in one array that is searched from the place where a peer's hash
/// points to, and their hashes beside it, which nearly always tell without a look at the peer:
/// connections come and go with nearly every request. Confined to the engine's thread.
final class ConnectedPeers {
  private static final int LEAST = 8;

  private @Nullable PeerId[] places = {};
  private int[] hashes = {};
  private int size;

  int size() {
    return size;
  }

  boolean contains(PeerId peer) {
    return size > 0 && places[find(peer)] != null;
  }

  void add(PeerId peer) {
    if (2 * size >= places.length) {
      grow();
    }
    int place = find(peer);
    if (places[place] == null) {
      places[place] = peer;
      hashes[place] = peer.hashCode();
      size++;
    }
  }

  void remove(PeerId peer) {
    if (size == 0) {
      return;
    }
    int gap = find(peer);
    if (places[gap] == null) {
      return;
    }
    size--;
    int mask = places.length - 1;
    places[gap] = null;
    // Whoever would be found only by passing over the gap moves into it.
    for (int i = (gap + 1) & mask; places[i] != null; i = (i + 1) & mask) {
      if (((i - hashes[i]) & mask) >= ((i - gap) & mask)) {
        places[gap] = places[i];
        hashes[gap] = hashes[i];
        places[i] = null;
        gap = i;
      }
    }
  }

  /// Where a peer is or would be; one place is always free.
  private int find(PeerId peer) {
    int hash = peer.hashCode();
    int mask = places.length - 1;
    int place = hash & mask;
    PeerId there = places[place];
    while (there != null && !(hashes[place] == hash && there.equals(peer))) {
      place = (place + 1) & mask;
      there = places[place];
    }
    return place;
  }

  private void grow() {
    @Nullable PeerId[] old = places;
    int room = Math.max(LEAST, 2 * old.length);
    places = new PeerId[room];
    hashes = new int[room];
    for (PeerId peer : old) {
      if (peer != null) {
        int place = find(peer);
        places[place] = peer;
        hashes[place] = peer.hashCode();
      }
    }
  }
}
