package io.kadenza.host.internal.net;

import io.kadenza.host.Direction;
import io.kadenza.host.Limits;
import io.kadenza.host.Registration;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open connections of a host, by peer and by the network they come from. Safe for use by any
/// thread.
public final class ConnectionTable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionTable.class);

  private final Limits limits;
  private final Map<PeerId, List<MuxedConnection>> byPeer = new HashMap<>();
  private final Map<RemoteNetwork, Integer> byNetwork = new HashMap<>();
  private int total;

  /// Those that were told to give way and are not gone yet.
  private final Set<MuxedConnection> leaving = new HashSet<>();

  private final List<Predicate<PeerId>> preferences = new CopyOnWriteArrayList<>();

  public ConnectionTable(Limits limits) {
    this.limits = limits;
  }

  /// Has peers of which this holds be the last to give way to others.
  ///
  /// @return to be closed when that is over
  public Registration prefer(Predicate<PeerId> useful) {
    Predicate<PeerId> preference = peer -> holds(useful, peer);
    preferences.add(preference);
    return () -> preferences.remove(preference);
  }

  /// A newcomer is not to pay for a predicate that fails.
  private static boolean holds(Predicate<PeerId> useful, PeerId peer) {
    try {
      return useful.test(peer);
    } catch (Exception | AssertionError | LinkageError bug) {
      LOG.debug("whoever prefers some peers failed to tell about one", bug);
      return false;
    }
  }

  private boolean isPreferred(PeerId peer) {
    return preferences.stream().anyMatch(useful -> useful.test(peer));
  }

  /// Takes a connection in unless its network has as many as it may; a host's own dials count but
  /// pass. If there are too many now, [#loser] tells who has to go.
  public synchronized boolean add(MuxedConnection connection) {
    RemoteNetwork network = connection.network();
    // On one machine there may be any number of peers.
    boolean crowded =
        !network.isLoopback() && byNetwork.getOrDefault(network, 0) >= limits.maxConnectionsPerIp();
    if (connection.direction() == Direction.INBOUND && crowded) {
      return false;
    }
    total++;
    byNetwork.merge(network, 1, Integer::sum);
    List<MuxedConnection> same = byPeer.computeIfAbsent(connection.peer(), _ -> new ArrayList<>(1));
    // Who comes again may have moved to another network, and no word tells that the first one is
    // dead. One is asked for each that comes: not even a peer that does nothing else costs more.
    trusted(same).ifPresent(used -> used.timers().doubt());
    same.add(connection);
    return true;
  }

  /// Who has to give way if there are too many connections: whoever has no stream, and has had none
  /// for longest. Where all others are busy it is one of the region that has most connections, or
  /// `newest` itself, unless the host has dialled it, if that is its own.
  public synchronized Optional<MuxedConnection> loser(MuxedConnection newest) {
    if (total - leaving.size() <= limits.maxConnections()) {
      return Optional.empty();
    }
    Iterable<MuxedConnection> others = () -> othersThan(newest).iterator();
    Optional<MuxedConnection> loser = Guest.leastMissed(others, this::isPreferred);
    if (loser.isEmpty() && newest.direction() == Direction.INBOUND) {
      loser =
          Guest.latestOfTheCrowd(others, newest.network(), this::isPreferred)
              .or(() -> Optional.of(newest));
    }
    loser.ifPresent(leaving::add);
    return loser;
  }

  private Stream<MuxedConnection> othersThan(MuxedConnection newest) {
    return byPeer.values().stream()
        .flatMap(List::stream)
        .filter(other -> other != newest && !leaving.contains(other));
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
    leaving.remove(connection);
    byNetwork.computeIfPresent(connection.network(), (_, n) -> n > 1 ? n - 1 : null);
    if (same.isEmpty()) {
      byPeer.remove(connection.peer());
      return Optional.of(true);
    }
    return Optional.of(false);
  }

  /// The oldest open connection to a peer: both ends see the same order, and so use the same one.
  /// One that is in doubt is used only if there is no other.
  public synchronized Optional<MuxedConnection> get(PeerId peer) {
    List<MuxedConnection> all = byPeer.getOrDefault(peer, List.of());
    return trusted(all).or(() -> all.stream().filter(MuxedConnection::isOpen).findFirst());
  }

  private static Optional<MuxedConnection> trusted(List<MuxedConnection> ofOnePeer) {
    for (MuxedConnection connection : ofOnePeer) {
      if (connection.isOpen() && !connection.timers().isInDoubt()) {
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
