package io.kadenza.kad.engine;

import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What the engine wants done.
public sealed interface EngineEffect {
  /// Send a request, dialling if need be. Report exactly one of [EngineInput.Answered],
  /// [EngineInput.Sent] and [EngineInput.RpcFailed] with the same id, unless [Abandon] comes first.
  /// ADD_PROVIDER has no answer: write, half-close, drain, report `Sent`.
  ///
  /// @param patience after this time the engine gives the request up by itself
  record Ask(long rpcId, PeerInfo to, KadRequest request, Duration patience)
      implements EngineEffect {}

  /// Tell one peer of many keys at once: an ADD_PROVIDER for each, one frame after the other on one
  /// stream, in their order, dialling if need be; then half-close and drain. Frames are written as
  /// they are encoded, so that the batch is never in memory as a whole. Report exactly one of
  /// [EngineInput.Sent], once the peer has closed its side without a reset, and
  /// [EngineInput.RpcFailed] with the same id, unless [Abandon] comes first. Which keys a peer had
  /// taken before it reset the stream nobody can know, so a failure is that of the whole batch: the
  /// engine sends it again in smaller ones if it was refused.
  ///
  /// @param keys at least one, at most [#MAX_BATCH]
  /// @param provider ourselves, at the addresses to be told
  /// @param patience after this time the engine gives the batch up by itself
  record Announce(long rpcId, PeerInfo to, List<Bytes> keys, PeerInfo provider, Duration patience)
      implements EngineEffect {
    /// With keys of 34 bytes and a few addresses these are some 300 kB.
    public static final int MAX_BATCH = 2_048;

    public Announce {
      keys = List.copyOf(keys);
    }

    /// The requests, in order.
    public Stream<KadRequest> requests() {
      return keys.stream().map(key -> new KadRequest.AddProvider(key, provider));
    }
  }

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
