package io.kadenza.sim.check;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.net.Timeline;
import java.util.HashMap;
import java.util.Map;

/// No honest node hands out a value or a provider longer after it was stored there than its time to
/// live.
public final class NothingExpired implements Checker {
  private final Timeline timeline;
  private final Map<Kept, Long> storedAt = new HashMap<>();

  /// @param provider of a provider record; empty for a value
  private record Kept(int node, Bytes key, Bytes provider) {}

  public NothingExpired(Network network) {
    this.timeline = network.timeline();
  }

  @Override
  public void happened(SimNode node, EngineEvent event) {
    if (event instanceof EngineEvent.RecordStored stored) {
      storedAt.put(new Kept(node.index(), stored.key(), Bytes.EMPTY), timeline.nanos());
    } else if (event instanceof EngineEvent.ProviderStored stored) {
      storedAt.put(
          new Kept(node.index(), stored.key(), stored.provider().bytes()), timeline.nanos());
    }
  }

  @Override
  public void replied(SimNode by, KadRequest request, KadResponse response) {
    if (!by.isHonest()) {
      return;
    }
    if (response instanceof KadResponse.Value value && value.record().isPresent()) {
      check(by, value.key(), Bytes.EMPTY, by.config().records().ttl().toNanos());
    } else if (response instanceof KadResponse.Providers providers) {
      for (PeerInfo provider : providers.providers()) {
        PeerId id = provider.id();
        check(by, providers.key(), id.bytes(), by.config().providers().ttl().toNanos());
      }
    }
  }

  private void check(SimNode node, Bytes key, Bytes provider, long ttl) {
    Long stored = storedAt.get(new Kept(node.index(), key, provider));
    if (stored != null && timeline.nanos() - stored > ttl) {
      throw new Violation(
          "expiry",
          node
              + " hands out a record for "
              + key
              + " that it got "
              + (timeline.nanos() - stored - ttl)
              + " ns too long ago");
    }
  }
}
