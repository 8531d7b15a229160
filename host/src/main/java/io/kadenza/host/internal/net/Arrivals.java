package io.kadenza.host.internal.net;

import io.kadenza.host.internal.pace.Pace;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How often connections of one network may arrive. A handshake costs more than anything else that
/// a stranger can ask for, so one that comes and goes all the time would take the processor from
/// all others, however few connections it has at a time.
///
/// Safe for use by any thread.
final class Arrivals {
  /// Four times as many connections as a network may have, for a whole house that comes back.
  static final int AT_ONCE = 32;

  static final Duration INTERVAL = Duration.ofSeconds(1);

  /// Networks told apart. Beyond, those that have been quiet are forgotten, which changes nothing;
  /// if there are none, newcomers share one pace.
  static final int MAX = 8_192;

  /// So long the search for quiet ones is not repeated.
  private static final long SEARCH_NANOS = 1_000_000_000L;

  private final LongSupplier nanos;
  private final Map<RemoteNetwork, Pace> paces = new HashMap<>();
  private final Pace crowd;
  private long searchedAt;

  /// @param nanos monotonic
  Arrivals(LongSupplier nanos) {
    this.nanos = nanos;
    long now = nanos.getAsLong();
    this.crowd = new Pace(AT_ONCE * AT_ONCE, INTERVAL.dividedBy(AT_ONCE), now);
    this.searchedAt = now - SEARCH_NANOS;
  }

  /// Whether a connection of this network may come in now.
  synchronized boolean admits(RemoteNetwork network) {
    return network.isLoopback() || pace(network).take(nanos.getAsLong());
  }

  private Pace pace(RemoteNetwork network) {
    long now = nanos.getAsLong();
    if (paces.size() >= MAX && !paces.containsKey(network)) {
      if (now - searchedAt < SEARCH_NANOS) {
        return crowd;
      }
      searchedAt = now;
      paces.values().removeIf(pace -> pace.isClear(now));
      if (paces.size() >= MAX) {
        return crowd;
      }
    }
    return paces.computeIfAbsent(network, _ -> new Pace(AT_ONCE, INTERVAL, now));
  }

  synchronized int size() {
    return paces.size();
  }
}
