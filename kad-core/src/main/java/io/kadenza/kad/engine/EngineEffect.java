package io.kadenza.kad.engine;

import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;

/// What the engine wants done.
public sealed interface EngineEffect {
  /// Send a request, dialling if need be. Report exactly one of [EngineInput.Answered],
  /// [EngineInput.Sent] and [EngineInput.RpcFailed] with the same id, unless [Abandon] comes first.
  ///
  /// @param patience after this time the engine gives the request up by itself
  /// @param answerExpected false for ADD_PROVIDER: write, half-close, drain, report `Sent`
  record Ask(long rpcId, PeerInfo to, KadRequest request, Duration patience, boolean answerExpected)
      implements EngineEffect {}

  /// Nobody waits for this request any more: reset its stream. Nothing needs to be reported.
  record Abandon(long rpcId) implements EngineEffect {}

  record Reply(long requestId, KadResponse response) implements EngineEffect {}

  /// Reset the stream: "on any error, the stream is reset".
  record Refuse(long requestId, String why) implements EngineEffect {}

  /// The request was taken, and it has no answer (ADD_PROVIDER). The stream stays open for the next
  /// one.
  record Accepted(long requestId) implements EngineEffect {}

  /// A part of an operation's result, before its end.
  record Progress(long operationId, Finding finding) implements EngineEffect {}

  record Done(long operationId, Outcome outcome) implements EngineEffect {}

  /// Something that an observer may want to know; only while the engine is watched.
  record Happened(EngineEvent event) implements EngineEffect {}
}
