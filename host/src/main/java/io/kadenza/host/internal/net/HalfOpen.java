package io.kadenza.host.internal.net;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Inbound connections whose handshake is not finished. A stranger needs no identity to open one
/// and say nothing, so places are few, and to be refused one must not be the fate of whoever comes
/// late: when all are taken, the oldest handshake of the region that has most of them gives way,
/// and there of the network that has most. An honest handshake takes a round trip or two and is
/// rarely the oldest.
///
/// Safe for use by any thread.
final class HalfOpen {
  private final int most;
  private final Set<Place> oldestFirst = new LinkedHashSet<>();
  private final Map<RemoteNetwork, Integer> byNetwork = new HashMap<>();
  private final Map<IpRegion, Integer> byRegion = new HashMap<>();

  HalfOpen(int most) {
    this.most = most;
  }

  /// Takes a handshake in.
  ///
  /// @param giveWay ends it, for the sake of another; called by any thread, once at most
  Place enter(RemoteNetwork network, Runnable giveWay) {
    var place = new Place(network, giveWay);
    take(place).ifPresent(loser -> loser.giveWay.run());
    return place;
  }

  private synchronized Optional<Place> take(Place place) {
    Optional<Place> loser = oldestFirst.size() < most ? Optional.empty() : oldestOfTheCrowd();
    loser.ifPresent(this::remove);
    oldestFirst.add(place);
    byNetwork.merge(place.network, 1, Integer::sum);
    byRegion.merge(place.network.region(), 1, Integer::sum);
    return loser;
  }

  private Optional<Place> oldestOfTheCrowd() {
    int region = byRegion.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    Place oldest = null;
    int most = 0;
    for (Place place : oldestFirst) {
      int network = byNetwork.getOrDefault(place.network, 0);
      if (network > most && byRegion.getOrDefault(place.network.region(), 0) == region) {
        oldest = place;
        most = network;
      }
    }
    return Optional.ofNullable(oldest);
  }

  private synchronized void remove(Place place) {
    if (oldestFirst.remove(place)) {
      byNetwork.computeIfPresent(place.network, (_, n) -> n > 1 ? n - 1 : null);
      byRegion.computeIfPresent(place.network.region(), (_, n) -> n > 1 ? n - 1 : null);
    }
  }

  synchronized int size() {
    return oldestFirst.size();
  }

  /// One handshake's place.
  final class Place {
    private final RemoteNetwork network;
    private final Runnable giveWay;

    private Place(RemoteNetwork network, Runnable giveWay) {
      this.network = network;
      this.giveWay = giveWay;
    }

    /// Frees the place: the handshake is over, however it ended.
    void leave() {
      remove(this);
    }
  }
}
