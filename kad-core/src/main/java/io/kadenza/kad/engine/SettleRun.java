package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;

/// Waits until nothing is under way whose operation is over.
final class SettleRun extends Run {
  SettleRun(Node node, long id, long deadline) {
    super(node, id, deadline);
  }

  @Override
  void start() {
    node.background.whenEmpty(() -> end(Termination.COMPLETED));
  }

  @Override
  void end(Termination reason) {
    done(new Outcome.Settled(node.background.running(), LookupStats.none(reason)));
  }
}
