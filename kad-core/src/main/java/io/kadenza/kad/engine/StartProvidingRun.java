package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.multiformats.Bytes;
import java.util.List;

/// Begins to provide keys. It is over at once: the sweep does the rest.
final class StartProvidingRun extends Run<Outcome.ProvidingStarted> {
  private final List<Bytes> keys;
  private final Sweep sweep;

  StartProvidingRun(Node node, long id, long deadline, List<Bytes> keys, Sweep sweep) {
    super(node, id, deadline);
    this.keys = keys;
    this.sweep = sweep;
  }

  @Override
  void start() {
    int added = 0;
    int known = 0;
    int refused = 0;
    for (Bytes key : keys) {
      switch (node.keystore.add(key)) {
        case NEW -> added++;
        case KNOWN -> known++;
        case FULL, INVALID -> refused++;
      }
    }
    sweep.added(added);
    LookupStats none = LookupStats.none(Termination.COMPLETED);
    done(new Outcome.ProvidingStarted(added, known, refused, none));
  }

  /// It never lasts.
  @Override
  void end(Termination reason) {}
}
