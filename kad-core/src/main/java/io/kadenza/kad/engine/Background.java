package io.kadenza.kad.engine;

/// Counts requests whose operation is over. Confined to the engine's thread.
final class Background {
  /// As many as go-libp2p-kad-dht has: three operations' worth of the k closest.
  private static final int MAX = 60;

  private int running;

  /// Takes places for so many requests, if there are that many left.
  boolean reserve(int count) {
    if (running + count > MAX) {
      return false;
    }
    running += count;
    return true;
  }

  /// Takes places whether or not there are any left.
  void take(int count) {
    running += count;
  }

  /// A request has ended.
  void release() {
    running--;
  }
}
