package io.kadenza.node.trace;

import io.kadenza.kad.engine.EngineEvent;

/// Shows what a [LookupTrace] reads. Called by its thread alone.
public interface TraceView {
  /// A walk began.
  void started(WalkLog walk);

  /// A walk took a step, which its log has noted already.
  void stepped(WalkLog walk, EngineEvent.LookupStep step);

  /// A walk is over.
  void ended(WalkLog walk, EngineEvent.LookupEnded end);

  /// A peer that was to store something answered, failed, or was given up.
  void stored(EngineEvent.RpcEvent end);

  /// The trace is over, and nothing had to be looked up.
  default void idle() {}

  /// So many events came faster than they could be shown.
  void lost(long events);
}
