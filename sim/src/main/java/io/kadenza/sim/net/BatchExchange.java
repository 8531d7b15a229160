package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineEffect.Announce;
import io.kadenza.kad.rpc.KadRequest;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Many announcements for one node, on one stream.
final class BatchExchange extends Exchange {
  private final Announce batch;

  BatchExchange(Network network, SimNode from, @Nullable SimNode to, Announce batch, int toLife) {
    super(network, from, to, batch.rpcId(), batch.requests().findFirst().orElseThrow(), toLife);
    this.batch = batch;
  }

  /// Keys differ in length by little.
  @Override
  int size() {
    return batch.keys().size() * super.size();
  }

  Iterator<KadRequest> requests() {
    return batch.requests().iterator();
  }
}
