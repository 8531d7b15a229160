package io.kadenza.sim.net;

import java.util.Arrays;

/// Whom a node is connected with, by index. A few dozen numbers in a row are found faster than in
/// any map. When full, the oldest gives way.
final class Connections {
  static final int NONE = -1;

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
  int add(int peer, int limit) {
    if (size < limit) {
      if (size == peers.length) {
        peers = Arrays.copyOf(peers, Math.min(limit, Math.max(8, 2 * size)));
      }
      peers[size++] = peer;
      return NONE;
    }
    oldest = oldest >= size ? 0 : oldest;
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
