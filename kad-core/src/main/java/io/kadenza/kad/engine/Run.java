package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.Termination;

/// An operation under way. It ends exactly once, with an outcome. One whose id is below zero is the
/// engine's own: its outcome is told to nobody. Confined to the engine.
///
/// @param <O> how it ends
abstract class Run<O extends Outcome> {
  final Node node;
  final long id;
  private long deadline;
  private boolean over;

  Run(Node node, long id, long deadline) {
    this.node = node;
    this.id = id;
    this.deadline = deadline;
  }

  abstract void start();

  /// Ends the operation with what it has.
  abstract void end(Termination reason);

  /// The time of the current phase is over: by default that of the whole operation.
  void expire() {
    end(Termination.TIMED_OUT);
  }

  final long deadline() {
    return deadline;
  }

  final void deadline(long value) {
    deadline = value;
  }

  final boolean isOver() {
    return over;
  }

  final void progress(Finding finding) {
    if (id >= 0) {
      node.emit(new EngineEffect.Progress(id, finding));
    }
  }

  final void done(O outcome) {
    if (!over) {
      over = true;
      node.operations.finished();
      if (id >= 0) {
        node.emit(new EngineEffect.Done(id, outcome));
      }
      ended(outcome);
    }
  }

  /// It is over; for those who want to know it first.
  void ended(O outcome) {}
}
