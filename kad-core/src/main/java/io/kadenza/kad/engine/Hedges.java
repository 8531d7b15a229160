package io.kadenza.kad.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Wakes those who wait for peers that have become slow. Confined to the engine.
final class Hedges {
  /// Who waits for several peers at once and can do without some.
  interface Hedged {
    /// Some peer that it waits for may be slow by now.
    void hedge();

    /// When the next peer will be slow.
    OptionalLong slowAt();
  }

  private final List<Hedged> waiting = new ArrayList<>(1);

  /// Nobody has a slow peer earlier; it may be that of one that has answered.
  private long earliest;

  /// Notes that a peer for whom somebody waits will be slow at that time.
  void watch(Hedged who, long at) {
    earliest = waiting.isEmpty() || at - earliest < 0 ? at : earliest;
    if (!waiting.contains(who)) {
      waiting.add(who);
    }
  }

  void forget(Hedged who) {
    waiting.remove(who);
  }

  long deadline() {
    return waiting.isEmpty() ? Node.NEVER : earliest;
  }

  void tick(long now) {
    if (waiting.isEmpty() || earliest - now > 0) {
      return;
    }
    List<Hedged> due = List.copyOf(waiting);
    waiting.clear();
    for (Hedged who : due) {
      who.hedge();
      who.slowAt().ifPresent(at -> watch(who, at));
    }
  }
}
