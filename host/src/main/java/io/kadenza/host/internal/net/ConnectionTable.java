package io.kadenza.host.internal.net;

import io.kadenza.host.Direction;
import io.kadenza.host.Limits;
import io.kadenza.multiformats.PeerId;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The open connections of a host, by peer and by the network they come from. Safe for use by any
/// thread.
public final class ConnectionTable {
  /// An IPv6 customer commonly holds a /56, which counts as one address does for IPv4.
  private static final int IPV6_GROUP_BYTES = 7;

  private final Limits limits;
  private final Map<PeerId, List<MuxedConnection>> byPeer = new HashMap<>();
  private final Map<String, Integer> byGroup = new HashMap<>();
  private int total;

  public ConnectionTable(Limits limits) {
    this.limits = limits;
  }

  /// Takes a connection in unless the limits forbid it; a host's own dials count but pass.
  public synchronized boolean add(MuxedConnection connection) {
    String group = group(connection);
    int inGroup = byGroup.getOrDefault(group, 0);
    if (connection.direction() == Direction.INBOUND
        && (total >= limits.maxConnections()
            || (!group.isEmpty() && inGroup >= limits.maxConnectionsPerIp()))) {
      return false;
    }
    total++;
    if (!group.isEmpty()) {
      byGroup.put(group, inGroup + 1);
    }
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
    byGroup.computeIfPresent(group(connection), (_, n) -> n > 1 ? n - 1 : null);
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

  /// What counts as one remote network; empty for loopback, where the limit has no meaning.
  private static String group(MuxedConnection connection) {
    Optional<InetAddress> ip = connection.remoteAddress().ip();
    if (ip.isEmpty() || ip.get().isLoopbackAddress()) {
      return "";
    }
    byte[] bytes = ip.get().getAddress();
    return Arrays.toString(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, IPV6_GROUP_BYTES));
  }
}
