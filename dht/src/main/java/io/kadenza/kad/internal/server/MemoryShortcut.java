package io.kadenza.kad.internal.server;

import io.kadenza.kad.engine.Neighbourhood;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.Shelf;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.machine.TimeSource;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Answers FIND_NODE and GET_VALUE from what the engine has published of its table and its values,
/// where the request arrives.
public final class MemoryShortcut implements RpcServer.Shortcut {
  private final Neighbourhood neighbourhood;
  private final @Nullable Shelf values;
  private final RecordLimits limits;
  private final TimeSource time;
  private final BiConsumer<PeerId, MessageType> answered;

  /// @param values null if only the engine can read them
  /// @param limits what can be the key of a value; the engine refuses others
  /// @param answered told who was answered what, in the event loop
  public MemoryShortcut(
      Neighbourhood neighbourhood,
      @Nullable Shelf values,
      RecordLimits limits,
      TimeSource time,
      BiConsumer<PeerId, MessageType> answered) {
    this.neighbourhood = neighbourhood;
    this.values = values;
    this.limits = limits;
    this.time = time;
    this.answered = answered;
  }

  @Override
  public Optional<byte[]> answer(PeerId from, KadRequest request) {
    if (!neighbourhood.isServing()) {
      return Optional.empty();
    }
    return switch (request) {
      case KadRequest.FindNode(var key) -> say(neighbourhood.findNode(key, from), from, request);
      case KadRequest.GetValue(var key) when values != null && limits.isKey(key) ->
          say(value(key, values, from), from, request);
      default -> Optional.empty();
    };
  }

  private KadResponse.Value value(Bytes key, Shelf shelf, PeerId from) {
    return new KadResponse.Value(
        key, shelf.get(key, time.now().wall()), neighbourhood.closest(KadKey.of(key), from));
  }

  private Optional<byte[]> say(KadResponse response, PeerId to, KadRequest request) {
    byte[] answer = KadCodec.encodeResponse(response);
    answered.accept(to, request.type());
    return Optional.of(answer);
  }
}
