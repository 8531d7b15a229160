package io.kadenza.sim;

import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.NetworkObserver;
import io.kadenza.sim.net.SimNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Who holds what has been stored: the first some hundred values and provided keys, at honest nodes
/// that have confirmed them and are up. Owned by a [Simulation].
final class Copies implements NetworkObserver {
  private static final int MAX_KEYS = 500;

  private final Network network;
  private final Map<Bytes, Map<SimNode, Held>> holders = new LinkedHashMap<>();

  /// @param life of the holder: what it had before it restarted it has no more
  /// @param until by the holder's own clock
  private record Held(int life, Instant until) {}

  Copies(Network network) {
    this.network = network;
  }

  @Override
  public void replied(SimNode by, KadRequest request, KadResponse response) {
    if (response instanceof KadResponse.Stored) {
      add(request.key(), by, by.config().records().ttl());
    } else if (response instanceof KadResponse.ProviderAdded) {
      taken(by, request);
    }
  }

  @Override
  public void taken(SimNode by, KadRequest request) {
    add(request.key(), by, by.config().providers().ttl());
  }

  private void add(Bytes key, SimNode by, Duration ttl) {
    Map<SimNode, Held> known = holders.get(key);
    if (known == null) {
      if (holders.size() == MAX_KEYS) {
        return;
      }
      known = new HashMap<>();
      holders.put(key, known);
    }
    if (by.isHonest()) {
      known.put(by, new Held(by.life(), network.now(by).wall().plus(ttl)));
    }
  }

  /// The copies of each key at present.
  int[] count() {
    return holders.values().stream().mapToInt(this::alive).toArray();
  }

  private int alive(Map<SimNode, Held> known) {
    known.entrySet().removeIf(one -> isGone(one.getKey(), one.getValue()));
    return known.size();
  }

  private boolean isGone(SimNode node, Held held) {
    return node.life() != held.life || !network.now(node).wall().isBefore(held.until);
  }
}
