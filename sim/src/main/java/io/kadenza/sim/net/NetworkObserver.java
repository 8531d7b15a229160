package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.Finding;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import java.time.Duration;

/// Looks on. It must not make anything happen in the call; it may schedule something.
public interface NetworkObserver {
  /// A node wants a request sent.
  default void asked(SimNode from, EngineEffect.Ask ask) {}

  /// A node wants many announcements sent, as one request.
  default void announced(SimNode from, EngineEffect.Announce batch) {}

  /// A node has given a request up.
  default void abandoned(SimNode from, long rpcId) {}

  /// A node is about to learn how a request ended.
  default void reported(SimNode from, long rpcId) {}

  /// A node has answered; also when the answer is a lie.
  default void replied(SimNode by, KadRequest request, KadResponse response) {}

  /// A node has taken a request that has no answer.
  default void taken(SimNode by, KadRequest request) {}

  /// A node is about to begin an operation.
  default void begun(SimNode node, long operationId, Operation<?> operation, Duration limit) {}

  /// Only with [io.kadenza.kad.engine.KadConfig#traces].
  default void happened(SimNode node, EngineEvent event) {}

  default void progressed(SimNode node, long operationId, Finding finding) {}

  default void done(SimNode node, long operationId, Outcome outcome) {}

  default void started(SimNode node) {}

  default void stopped(SimNode node) {}

  /// Somebody has set a node's clock.
  default void clockSet(SimNode node) {}
}
