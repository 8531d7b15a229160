package io.kadenza.kad.engine;

import java.util.ArrayList;
import java.util.List;

/// Counts requests whose operation is over. Confined to the engine.
final class Background {
  /// As many as go-libp2p-kad-dht has: three operations' worth of the k closest.
  private static final int MAX = 60;

  private int running;

  /// Told once when nothing is running any more.
  private List<Runnable> waiting = List.of();

  int running() {
    return running;
  }

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
    if (running == 0) {
      List<Runnable> told = waiting;
      waiting = List.of();
      told.forEach(Runnable::run);
    }
  }

  /// Does something as soon as nothing is running, perhaps now.
  void whenEmpty(Runnable action) {
    if (running == 0) {
      action.run();
      return;
    }
    var more = new ArrayList<>(waiting);
    more.add(action);
    waiting = more;
  }

  /// Does it no more.
  void forget(Runnable action) {
    waiting = waiting.stream().filter(other -> !other.equals(action)).toList();
  }
}
