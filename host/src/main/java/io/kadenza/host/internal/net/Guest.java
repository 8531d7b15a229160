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

  /// The latest of the network that has most guests, if the newcomer's will still have fewer: few
  /// networks must not fill the house, however busy they are. Those whose peer is missed stay.
  static <G extends Guest> Optional<G> latestOfTheCrowd(
      Iterable<G> guests, RemoteNetwork newcomer, Predicate<PeerId> missed) {
    Map<RemoteNetwork, List<G>> byNetwork = new HashMap<>();
    for (G guest : guests) {
      byNetwork.computeIfAbsent(guest.network(), _ -> new ArrayList<>(1)).add(guest);
    }
    int least = byNetwork.getOrDefault(newcomer, List.of()).size() + 2;
    return byNetwork.values().stream()
        .filter(crowd -> crowd.size() >= least)
        .max(Comparator.comparingInt(List::size))
        .flatMap(crowd ->
            crowd.stream()
                .filter(guest -> !missed.test(guest.peer()))
                .max((one, other) -> Long.signum(one.since() - other.since())));
  }
}
