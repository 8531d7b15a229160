package io.kadenza.kad.engine;

import io.kadenza.multiformats.PeerId;
import org.jspecify.annotations.Nullable;

/// The peers with a connection, in one array that is searched from the place where a peer's mark
/// points to, and beside it their marks, which nearly always tell without a look at the peers:
/// connections come and go with nearly every request. Confined to the engine.
final class ConnectedPeers {
  private static final int LEAST = 8;

  private @Nullable PeerId[] places = {};

  /// Zero where nobody is.
  private int[] marks = {};

  private int size;

  int size() {
    return size;
  }

  boolean contains(PeerId peer) {
    return size > 0 && marks[find(peer)] != 0;
  }

  void add(PeerId peer) {
    if (2 * size >= places.length) {
      grow();
    }
    int place = find(peer);
    if (marks[place] == 0) {
      put(place, peer, mark(peer));
      size++;
    }
  }

  void remove(PeerId peer) {
    if (size == 0) {
      return;
    }
    int gap = find(peer);
    if (marks[gap] == 0) {
      return;
    }
    size--;
    int mask = places.length - 1;
    // Whoever would be found only by passing over the gap moves into it.
    for (int i = (gap + 1) & mask; marks[i] != 0; i = (i + 1) & mask) {
      if (((i - marks[i]) & mask) >= ((i - gap) & mask)) {
        put(gap, places[i], marks[i]);
        gap = i;
      }
    }
    put(gap, null, 0);
  }

  private void put(int place, @Nullable PeerId peer, int mark) {
    places[place] = peer;
    marks[place] = mark;
  }

  private static int mark(PeerId peer) {
    return peer.hashCode() | Integer.MIN_VALUE;
  }

  /// Where a peer is or would be; one place is always free.
  private int find(PeerId peer) {
    int mark = mark(peer);
    int mask = marks.length - 1;
    int place = mark & mask;
    while (marks[place] != 0 && !(marks[place] == mark && peer.equals(places[place]))) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    @Nullable PeerId[] old = places;
    int room = Math.max(LEAST, 2 * old.length);
    places = new PeerId[room];
    marks = new int[room];
    for (PeerId peer : old) {
      if (peer != null) {
        put(find(peer), peer, mark(peer));
      }
    }
  }
}
