package io.kadenza.sim.net;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Whom a node is connected with, by index. A few dozen numbers in a row are found faster than in
/// any map. When full, the oldest gives way, unless the node has a use for it.
final class Connections {
  static final int NONE = -1;

  /// How many in a row are passed over because they are of use.
  private static final int MAX_SPARED = 8;

  private int[] peers = {};
  private int size;

  /// The next to give way once all places are taken.
  private int oldest;

  boolean contains(int peer) {
    for (int i = 0; i < size; i++) {
      if (peers[i] == peer) {
        return true;
      }
    }
    return false;
  }

  /// Adds a peer that is not there; returns who gave way to it, or [#NONE].
  ///
  /// @param useful who is to be kept rather than others
  int add(int peer, int limit, IntPredicate useful) {
    if (size < limit) {
      if (size == peers.length) {
        peers = Arrays.copyOf(peers, Math.min(limit, Math.max(8, 2 * size)));
      }
      peers[size++] = peer;
      return NONE;
    }
    oldest = oldest >= size ? 0 : oldest;
    for (int i = 0; i < MAX_SPARED && useful.test(peers[oldest]); i++) {
      oldest = oldest + 1 == size ? 0 : oldest + 1;
    }
    int gone = peers[oldest];
    peers[oldest++] = peer;
    return gone;
  }

  void remove(int peer) {
    for (int i = 0; i < size; i++) {
      if (peers[i] == peer) {
        peers[i] = peers[--size];
        return;
      }
    }
  }

  int size() {
    return size;
  }

  int get(int index) {
    return peers[index];
  }

  void clear() {
    size = 0;
    oldest = 0;
    peers = new int[0];
  }
}
