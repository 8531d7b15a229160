package io.kadenza.kad.internal;

import io.kadenza.kad.engine.Neighbourhood;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;

/// Answers FIND_NODE from what the engine has published of the routing table, where the request
/// arrives.
final class TableShortcut implements RpcServer.Shortcut {
  private final Neighbourhood neighbourhood;

  TableShortcut(Neighbourhood neighbourhood) {
    this.neighbourhood = neighbourhood;
  }

  @Override
  public Optional<byte[]> answer(PeerId from, KadRequest request) {
    if (neighbourhood.isServing() && request instanceof KadRequest.FindNode(var key)) {
      return Optional.of(KadCodec.encodeResponse(neighbourhood.findNode(key, from)));
    }
    return Optional.empty();
  }
}
