package io.kadenza.host.internal.net;

import io.kadenza.host.Direction;
import io.kadenza.host.Limits;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The open connections of a host, by peer and by the network they come from. Safe for use by any
/// thread.
public final class ConnectionTable {
  private final Limits limits;
  private final Map<PeerId, List<MuxedConnection>> byPeer = new HashMap<>();
  private final Map<RemoteNetwork, Integer> byNetwork = new HashMap<>();
  private int total;

  public ConnectionTable(Limits limits) {
    this.limits = limits;
  }

  /// Takes a connection in unless the limits forbid it; a host's own dials count but pass.
  public synchronized boolean add(MuxedConnection connection) {
    var network = RemoteNetwork.of(connection.remoteAddress());
    // On one machine there may be any number of peers.
    boolean crowded =
        !network.isLoopback() && byNetwork.getOrDefault(network, 0) >= limits.maxConnectionsPerIp();
    if (connection.direction() == Direction.INBOUND
        && (total >= limits.maxConnections() || crowded)) {
      return false;
    }
    total++;
    byNetwork.merge(network, 1, Integer::sum);
    byPeer.computeIfAbsent(connection.peer(), _ -> new ArrayList<>(1)).add(connection);
    return true;
  }

  /// Takes a connection out.
  ///
  /// @return whether it was there and the last to its peer; empty if it was not there
  public synchronized Optional<Boolean> remove(MuxedConnection connection) {
    List<MuxedConnection> same = byPeer.get(connection.peer());
    if (same == null || !same.remove(connection)) {
      return Optional.empty();
    }
    total--;
    byNetwork.computeIfPresent(
        RemoteNetwork.of(connection.remoteAddress()), (_, n) -> n > 1 ? n - 1 : null);
    if (same.isEmpty()) {
      byPeer.remove(connection.peer());
      return Optional.of(true);
    }
    return Optional.of(false);
  }

  /// The oldest open connection to a peer: both ends see the same order, and so use the same one.
  public synchronized Optional<MuxedConnection> get(PeerId peer) {
    for (MuxedConnection connection : byPeer.getOrDefault(peer, List.of())) {
      if (connection.isOpen()) {
        return Optional.of(connection);
      }
    }
    return Optional.empty();
  }

  public synchronized List<MuxedConnection> all() {
    List<MuxedConnection> all = new ArrayList<>(total);
    byPeer.values().forEach(all::addAll);
    return all;
  }

  public synchronized int size() {
    return total;
  }

  /// The peers that are connected.
  public synchronized List<PeerId> peers() {
    return List.copyOf(byPeer.keySet());
  }
}
