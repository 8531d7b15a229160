package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.multiformats.Bytes;

/// Ends to store a published value again. Its copies expire.
final class UnpublishRun extends Run<Outcome.Unpublished> {
  private final Bytes key;

  UnpublishRun(Node node, long id, long deadline, Bytes key) {
    super(node, id, deadline);
    this.key = key;
  }

  @Override
  void start() {
    boolean was = node.ownValues.forget(key);
    done(new Outcome.Unpublished(was, LookupStats.none(Termination.COMPLETED)));
  }

  /// It never lasts.
  @Override
  void end(Termination reason) {}
}
