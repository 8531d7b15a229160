package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.Termination;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The operations under way, by the id their caller gave them. Confined to the engine.
final class Operations {
  private final Map<Long, Run<?>> running = new LinkedHashMap<>(2);

  /// No deadline is earlier; it may be that of an operation that has ended.
  private long earliest;

  private boolean anyFinished;

  /// The id of the last operation of the engine's own.
  private long lastOwnId = EngineEvent.NO_OPERATION;

  /// An id for an operation that the engine itself starts.
  long ownId() {
    return --lastOwnId;
  }

  void start(Run<?> run) {
    if (running.containsKey(run.id)) {
      throw new IllegalArgumentException("operation " + run.id + " is already running");
    }
    running.put(run.id, run);
    run.start();
    observe(run);
  }

  /// An operation has ended; it may not be forgotten while others are being looked through.
  void finished() {
    anyFinished = true;
  }

  void cancel(long id) {
    Run<?> run = running.get(id);
    if (run != null) {
      run.end(Termination.CANCELLED);
    }
  }

  private void observe(Run<?> run) {
    if (running.size() == 1 || run.deadline() - earliest < 0) {
      earliest = run.deadline();
    }
  }

  /// Ends, or moves to their next phase, those whose time is over.
  void tick(long now) {
    if (running.isEmpty() || earliest - now > 0) {
      return;
    }
    for (Run<?> run : new ArrayList<>(running.values())) {
      if (!run.isOver() && run.deadline() - now <= 0) {
        run.expire();
      }
    }
    forgetFinished();
    boolean first = true;
    for (Run<?> run : running.values()) {
      earliest = first || run.deadline() - earliest < 0 ? run.deadline() : earliest;
      first = false;
    }
  }

  /// Forgets operations that have ended; called after every step.
  void forgetFinished() {
    if (!anyFinished) {
      return;
    }
    anyFinished = false;
    Iterator<Run<?>> all = running.values().iterator();
    while (all.hasNext()) {
      if (all.next().isOver()) {
        all.remove();
      }
    }
  }

  long deadline() {
    return running.isEmpty() ? Node.NEVER : earliest;
  }

  int count() {
    return running.size();
  }
}
