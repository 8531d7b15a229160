package io.kadenza.sim.check;

import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Each request that an engine counts as in flight is one that it has sent and that has neither
/// ended nor been given up; and when nobody wants anything any more, no operation is left.
public final class NothingLeftOpen implements Checker {
  private final Map<SimNode, Set<Long>> open = new HashMap<>();

  /// A checker that has seen nothing yet.
  public NothingLeftOpen() {}

  @Override
  public void asked(SimNode from, long rpcId, KadRequest request) {
    open.computeIfAbsent(from, _ -> new HashSet<>()).add(rpcId);
  }

  @Override
  public void abandoned(SimNode from, long rpcId) {
    forget(from, rpcId);
  }

  @Override
  public void reported(SimNode from, long rpcId) {
    forget(from, rpcId);
  }

  private void forget(SimNode from, long rpcId) {
    Set<Long> mine = open.get(from);
    if (mine != null) {
      mine.remove(rpcId);
    }
  }

  @Override
  public void stopped(SimNode node) {
    open.remove(node);
  }

  @Override
  public void inspect(Network network) {
    for (SimNode node : network.nodes()) {
      int expected = open.getOrDefault(node, Set.of()).size();
      if (node.isUp() && node.engine().inFlight() != expected) {
        throw new Violation(
            "in flight",
            node
                + " counts "
                + node.engine().inFlight()
                + " requests in flight; "
                + expected
                + " are");
      }
    }
  }

  @Override
  public void conclude(Network network) {
    inspect(network);
    for (SimNode node : network.nodes()) {
      if (node.isUp() && node.engine().operations() != 0) {
        throw new Violation(
            "in flight", node + " still runs " + node.engine().operations() + " operations");
      }
    }
  }
}
