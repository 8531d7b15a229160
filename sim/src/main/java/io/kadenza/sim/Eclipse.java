package io.kadenza.sim;

import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.NetworkObserver;
import io.kadenza.sim.net.SimNode;
import java.time.Duration;
import java.util.List;

/// Liars that are there before everybody else and connect to each node as soon as it is up: its
/// table is to be full of them when it meets the first honest peer. Owned by a [Population].
final class Eclipse implements NetworkObserver {
  /// More would not be looked at: an engine queues some hundred peers that it has yet to check.
  private static final int AT_ONCE = 200;

  private static final long BETWEEN_NANOS = Duration.ofMillis(500).toNanos();

  private final Network network;
  private final List<SimNode> crowd;

  Eclipse(Network network, List<SimNode> crowd) {
    this.network = network;
    this.crowd = List.copyOf(crowd);
  }

  @Override
  public void started(SimNode node) {
    surround(node);
  }

  /// Has all of them call a node, some hundred at a time.
  void surround(SimNode node) {
    long at = network.timeline().nanos();
    for (int from = 0; from < crowd.size(); from += AT_ONCE) {
      List<SimNode> callers = crowd.subList(from, Math.min(crowd.size(), from + AT_ONCE));
      network.timeline().at(at, () -> callers.forEach(one -> network.call(one, node)));
      at += BETWEEN_NANOS;
    }
  }
}
