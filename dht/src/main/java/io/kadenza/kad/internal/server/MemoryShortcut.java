package io.kadenza.kad.internal.server;

import io.kadenza.kad.engine.Neighbourhood;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;
import java.util.function.Consumer;

/// Answers FIND_NODE from what the engine has published of the routing table, where the request
/// arrives.
public final class TableShortcut implements RpcServer.Shortcut {
  private final Neighbourhood neighbourhood;
  private final Consumer<PeerId> answered;

  /// @param answered told who was answered, in the event loop
  public TableShortcut(Neighbourhood neighbourhood, Consumer<PeerId> answered) {
    this.neighbourhood = neighbourhood;
    this.answered = answered;
  }

  @Override
  public Optional<byte[]> answer(PeerId from, KadRequest request) {
    if (neighbourhood.isServing() && request instanceof KadRequest.FindNode(var key)) {
      byte[] answer = KadCodec.encodeResponse(neighbourhood.findNode(key, from));
      answered.accept(from);
      return Optional.of(answer);
    }
    return Optional.empty();
  }
}
