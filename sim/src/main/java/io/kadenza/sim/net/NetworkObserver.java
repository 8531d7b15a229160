package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.Finding;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;

/// Looks on. It must not make anything happen in the call; it may schedule something.
public interface NetworkObserver {
  /// A node wants a request sent.
  default void asked(SimNode from, long rpcId, KadRequest request) {}

  /// A node has given a request up.
  default void abandoned(SimNode from, long rpcId) {}

  /// A node is about to learn how a request ended.
  default void reported(SimNode from, long rpcId) {}

  /// A node has answered; also when the answer is a lie.
  default void replied(SimNode by, KadRequest request, KadResponse response) {}

  default void happened(SimNode node, EngineEvent event) {}

  default void progressed(SimNode node, long operationId, Finding finding) {}

  default void done(SimNode node, long operationId, Outcome outcome) {}

  default void started(SimNode node) {}

  default void stopped(SimNode node) {}
}
