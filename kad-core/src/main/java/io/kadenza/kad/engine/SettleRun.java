package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;

/// Waits until nothing is under way whose operation is over.
final class SettleRun extends Run<Outcome.Settled> implements Runnable {
  SettleRun(Node node, long id, long deadline) {
    super(node, id, deadline);
  }

  @Override
  void start() {
    node.background.whenEmpty(this);
  }

  /// Nothing is under way any more.
  @Override
  public void run() {
    end(Termination.COMPLETED);
  }

  @Override
  void end(Termination reason) {
    node.background.forget(this);
    done(new Outcome.Settled(node.background.running(), LookupStats.none(reason)));
  }
}
