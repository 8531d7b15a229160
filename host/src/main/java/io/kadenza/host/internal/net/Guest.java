package io.kadenza.host.internal.net;

import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A connection as seen by whoever has to decide which of them gives way to a new one.
interface Guest {
  PeerId peer();

  /// How many streams are open: whoever has one is in the middle of something.
  int streams();

  /// Where it comes from.
  RemoteNetwork network();

  /// Monotonic nanos of its arrival.
  long since();

  /// Monotonic nanos since when there has been no stream; meaningful while there is none.
  long quietSince();

  /// The one that has been quiet longest, of those whose peer is not missed if there are any;
  /// nobody if none is quiet.
  ///
  /// @param missed asked about few peers only, in no order
  static <G extends Guest> Optional<G> leastMissed(Iterable<G> guests, Predicate<PeerId> missed) {
    Quiet<G> quietest = null;
    Quiet<G> leastMissed = null;
    for (G guest : guests) {
      if (guest.streams() > 0) {
        continue;
      }
      var quiet = new Quiet<>(guest, guest.quietSince());
      if (quiet.isLongerThan(leastMissed) && !missed.test(guest.peer())) {
        leastMissed = quiet;
      }
      if (quiet.isLongerThan(quietest)) {
        quietest = quiet;
      }
    }
    return Optional.ofNullable(leastMissed == null ? quietest : leastMissed).map(Quiet::guest);
  }

  /// A guest and since when it is quiet: it may speak while others are looked at.
  record Quiet<G>(G guest, long since) {
    boolean isLongerThan(@Nullable Quiet<G> other) {
      return other == null || since - other.since < 0;
    }
  }

  /// The latest of the region that has most guests, and there of the network that has most, if the
  /// newcomer's region will still have fewer; else the latest of such a network in the newcomer's
  /// own region. Few networks must not fill the house, however busy they are, nor one owner with as
  /// many as he likes. Those whose peer is missed stay.
  ///
  /// @param missed asked about few peers only, in no order
  static <G extends Guest> Optional<G> latestOfTheCrowd(
      Iterable<G> guests, RemoteNetwork newcomer, Predicate<PeerId> missed) {
    Map<IpRegion, List<G>> byRegion = new HashMap<>();
    Map<RemoteNetwork, Integer> byNetwork = new HashMap<>();
    for (G guest : guests) {
      byRegion.computeIfAbsent(guest.network().region(), _ -> new ArrayList<>(1)).add(guest);
      byNetwork.merge(guest.network(), 1, Integer::sum);
    }
    List<G> neighbours = byRegion.getOrDefault(newcomer.region(), List.of());
    int least = neighbours.size() + 2;
    int leastOfNeighbours = byNetwork.getOrDefault(newcomer, 0) + 2;
    return byRegion.values().stream()
        .filter(region -> region.size() >= least)
        .max(Comparator.comparingInt(List::size))
        .map(region -> latest(region, byNetwork, 1, missed))
        .orElseGet(() -> latest(neighbours, byNetwork, leastOfNeighbours, missed));
  }

  /// The latest of the network that has most, if that is `least` or more.
  private static <G extends Guest> Optional<G> latest(
      List<G> guests, Map<RemoteNetwork, Integer> byNetwork, int least, Predicate<PeerId> missed) {
    G latest = null;
    int most = least;
    for (G guest : guests) {
      int size = byNetwork.getOrDefault(guest.network(), 0);
      boolean isLater =
          size > most || (size == most && (latest == null || guest.since() - latest.since() > 0));
      if (isLater && !missed.test(guest.peer())) {
        latest = guest;
        most = size;
      }
    }
    return Optional.ofNullable(latest);
  }
}
