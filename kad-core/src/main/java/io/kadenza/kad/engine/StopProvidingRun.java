package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.multiformats.Bytes;
import java.util.List;

/// Ends to provide keys. Those who were told forget it when their record expires; nobody can be
/// told of it.
final class StopProvidingRun extends Run<Outcome.ProvidingStopped> {
  private final List<Bytes> keys;

  StopProvidingRun(Node node, long id, long deadline, List<Bytes> keys) {
    super(node, id, deadline);
    this.keys = keys;
  }

  @Override
  void start() {
    int removed = 0;
    for (Bytes key : keys) {
      removed += node.keystore.remove(key) ? 1 : 0;
      node.providers.remove(key, node.id);
    }
    done(new Outcome.ProvidingStopped(removed, LookupStats.none(Termination.COMPLETED)));
  }

  /// It never lasts.
  @Override
  void end(Termination reason) {}
}
