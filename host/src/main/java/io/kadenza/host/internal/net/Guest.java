package io.kadenza.host.internal.net;

import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A connection as seen by whoever has to decide which of them gives way to a new one.
interface Guest {
  PeerId peer();

  /// How many streams are open: whoever has one is in the middle of something.
  int streams();

  /// Monotonic nanos since when there has been no stream; meaningful while there is none.
  long quietSince();

  /// The one that has been quiet longest, of those whose peer is not missed if there are any;
  /// nobody if none is quiet.
  ///
  /// @param missed asked about no more peers than necessary
  static <G extends Guest> Optional<G> leastMissed(Iterable<G> guests, Predicate<PeerId> missed) {
    record Quiet<G>(G guest, long since) {}
    List<Quiet<G>> quiet = new ArrayList<>();
    for (G guest : guests) {
      if (guest.streams() == 0) {
        quiet.add(new Quiet<>(guest, guest.quietSince()));
      }
    }
    quiet.sort((a, b) -> Long.signum(a.since - b.since));
    return quiet.stream()
        .map(Quiet::guest)
        .filter(guest -> !missed.test(guest.peer()))
        .findFirst()
        .or(() -> quiet.stream().map(Quiet::guest).findFirst());
  }
}
