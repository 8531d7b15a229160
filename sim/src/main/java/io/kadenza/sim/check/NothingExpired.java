package io.kadenza.sim.check;

import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// No honest node hands out a value or a provider once its time to live is over by the node's own
/// clock. What a node has put or provided itself is its own, and not looked at.
public final class NothingExpired implements Checker {
  private final Network network;

  /// What was given to whom to keep, and until when by their own clocks.
  private final Map<Kept, Instant> ends = new HashMap<>();

  /// The keys that nodes put themselves.
  private final Set<Kept> own = new HashSet<>();

  /// @param provider of a provider record; empty for a value
  private record Kept(int node, Bytes key, Bytes provider) {}

  public NothingExpired(Network network) {
    this.network = network;
  }

  @Override
  public void begun(SimNode node, long operationId, Operation<?> operation, Duration limit) {
    if (operation instanceof Operation.PutValue put) {
      own.add(new Kept(node.index(), put.key(), Bytes.EMPTY));
    } else if (operation instanceof Operation.Publish publish) {
      own.add(new Kept(node.index(), publish.key(), Bytes.EMPTY));
    }
  }

  @Override
  public void taken(SimNode by, KadRequest request) {
    if (request instanceof KadRequest.AddProvider add) {
      provided(by, add);
    }
  }

  private void provided(SimNode by, KadRequest.AddProvider add) {
    for (PeerInfo provider : add.providers()) {
      keep(by, add.key(), provider.id().bytes(), by.config().providers().ttl());
    }
  }

  private void keep(SimNode by, Bytes key, Bytes provider, Duration ttl) {
    ends.put(new Kept(by.index(), key, provider), network.now(by).wall().plus(ttl));
  }

  @Override
  public void replied(SimNode by, KadRequest request, KadResponse response) {
    if (!by.isHonest()) {
      return;
    }
    switch (response) {
      case KadResponse.Stored stored ->
          keep(by, stored.key(), Bytes.EMPTY, by.config().records().ttl());
      case KadResponse.ProviderAdded _ -> taken(by, request);
      case KadResponse.Value value -> {
        if (value.record().isPresent()) {
          check(by, value.key(), Bytes.EMPTY);
        }
      }
      case KadResponse.Providers found -> {
        for (PeerInfo provider : found.providers()) {
          if (!provider.id().equals(by.id())) {
            check(by, found.key(), provider.id().bytes());
          }
        }
      }
      case KadResponse.Closer _, KadResponse.Pong _ -> {}
    }
  }

  private void check(SimNode node, Bytes key, Bytes provider) {
    var kept = new Kept(node.index(), key, provider);
    Instant end = ends.get(kept);
    Instant now = network.now(node).wall();
    if (end != null && !now.isBefore(end) && !own.contains(kept)) {
      throw new Violation(
          "expiry",
          node + " hands out a record for " + key + ", over since " + Duration.between(end, now));
    }
  }
}
