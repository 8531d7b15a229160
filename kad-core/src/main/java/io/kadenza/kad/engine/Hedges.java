package io.kadenza.kad.engine;

import java.util.ArrayList;
import java.util.List;

/// Wakes the walks whose peers have become slow. Confined to the engine's thread.
final class Hedges {
  private final List<Walk> walks = new ArrayList<>(1);

  /// No walk has a slow peer earlier; it may be that of one that has answered.
  private long earliest;

  /// Notes that a peer of this walk will be slow at that time.
  void watch(Walk walk, long at) {
    earliest = walks.isEmpty() || at - earliest < 0 ? at : earliest;
    if (!walks.contains(walk)) {
      walks.add(walk);
    }
  }

  void forget(Walk walk) {
    walks.remove(walk);
  }

  long deadline() {
    return walks.isEmpty() ? Node.NEVER : earliest;
  }

  void tick(long now) {
    if (walks.isEmpty() || earliest - now > 0) {
      return;
    }
    List<Walk> due = List.copyOf(walks);
    walks.clear();
    for (Walk walk : due) {
      walk.hedge();
      walk.slowAt().ifPresent(at -> watch(walk, at));
    }
  }
}
