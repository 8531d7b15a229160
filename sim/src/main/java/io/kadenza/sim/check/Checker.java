package io.kadenza.sim.check;

import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.NetworkObserver;

/// Watches for something that must never happen, and throws a [Violation] when it does.
public interface Checker extends NetworkObserver {
  /// Looks at the network as a whole; called from time to time, between two events.
  default void inspect(Network network) {}

  /// Looks a last time, when nothing is wanted of the network any more.
  default void conclude(Network network) {}
}
