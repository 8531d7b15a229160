package io.kadenza.host.internal.net;

import io.kadenza.host.internal.pace.Paces;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How often connections of one network, and of one region, may arrive. A handshake costs more than
/// anything else that a stranger can ask for, so one that comes and goes all the time would take
/// the processor from all others, however few connections it has at a time and however many
/// addresses it comes from.
///
/// Safe for use by any thread.
final class Arrivals {
  /// Four times as many connections as a network may have, for a whole house that comes back.
  static final int AT_ONCE = 32;

  static final Duration INTERVAL = Duration.ofSeconds(1);

  /// Of a region as much as of so many networks: a data centre that comes back, and then a
  /// hundredth of a processor.
  static final int NETWORKS_OF_REGION = 32;

  private final LongSupplier nanos;
  private final Paces<RemoteNetwork> networks;
  private final Paces<IpRegion> regions;

  /// @param nanos monotonic
  Arrivals(LongSupplier nanos) {
    this.nanos = nanos;
    long now = nanos.getAsLong();
    this.networks = new Paces<>(AT_ONCE, INTERVAL, now);
    this.regions =
        new Paces<>(NETWORKS_OF_REGION * AT_ONCE, INTERVAL.dividedBy(NETWORKS_OF_REGION), now);
  }

  /// Whether a connection of this network may come in now. One that is turned away for its region's
  /// sake is not remembered, and one that is for its network's takes nothing from its neighbours.
  synchronized boolean admits(RemoteNetwork network) {
    if (network.isLoopback()) {
      return true;
    }
    long now = nanos.getAsLong();
    IpRegion region = network.region();
    return regions.allows(region, now) && networks.take(network, now) && regions.take(region, now);
  }

  synchronized int size() {
    return networks.size();
  }
}
