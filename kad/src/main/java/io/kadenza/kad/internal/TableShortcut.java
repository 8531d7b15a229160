package io.kadenza.kad.internal;

import io.kadenza.kad.engine.KadEngine;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;

/// Answers FIND_NODE and PING from the engine's published snapshot of the routing table.
final class TableShortcut implements RpcServer.Shortcut {
  private final KadEngine engine;

  TableShortcut(KadEngine engine) {
    this.engine = engine;
  }

  @Override
  public Optional<byte[]> answer(PeerId from, KadRequest request) {
    return Optional.empty();
  }
}
