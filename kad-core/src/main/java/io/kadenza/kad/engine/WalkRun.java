package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.KadRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation that begins with one walk.
abstract class WalkRun extends Run implements Walk.Walker {
  private @Nullable Walk walk;

  WalkRun(Node node, long id, long deadline) {
    super(node, id, deadline);
  }

  final void walk(KadRequest question) {
    Walk started = Walk.to(node, id, question, node.config.lookup(), List.of(), this);
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
