package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.lookup.Region;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.KadRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation that begins with one walk.
abstract class WalkRun<O extends Outcome> extends Run<O> implements Walk.Walker {
  private @Nullable Walk walk;

  WalkRun(Node node, long id, long deadline) {
    super(node, id, deadline);
  }

  /// Walks to the peers closest to the question's key.
  final void walk(KadRequest question) {
    walk(question, node.config.lookup(), node.surroundings());
  }

  /// Walks to those who should keep a record: the closest peers or, where the configuration says
  /// so, everybody in the region around the key.
  final void walkToKeepers(KadRequest question, LookupConfig config) {
    walk(question, config, node.region());
  }

  /// Walks to those who may hold a record. The closest peers are enough, as long as nobody crowds
  /// around the key.
  final void walkToHolders(KadRequest question) {
    walk(question, node.config.lookup(), node.region().onlyIfCrowded());
  }

  private void walk(KadRequest question, LookupConfig config, Region region) {
    // The engine's own operations have ids below that, of which readers of events know nothing.
    long told = Math.max(id, EngineEvent.NO_OPERATION);
    var errand = new Walk.Errand(told, question, config, region, List.of());
    Walk started = Walk.of(node, errand, this);
    walk = started;
    started.start();
  }

  @Override
  void end(Termination reason) {
    if (walk != null) {
      walk.end(reason);
    }
  }
}
