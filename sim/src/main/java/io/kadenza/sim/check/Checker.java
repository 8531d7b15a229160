package io.kadenza.sim.check;

import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.NetworkObserver;

/// Watches for something that must never happen, and throws a [Violation] when it does.
public interface Checker extends NetworkObserver {
  /// Looks at the network as a whole; called from time to time, between two events.
  default void inspect(Network network) {}
}
