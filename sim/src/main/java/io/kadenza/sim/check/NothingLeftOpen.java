package io.kadenza.sim.check;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.net.Timeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Each request that an engine counts as in flight is one that it has sent and that has neither
/// ended nor been given up, and none is left once its patience is over; and each operation ends by
/// the time that it was given, once.
public final class NothingLeftOpen implements Checker {
  private static final long SLACK_NANOS = 1_000_000L;

  private final Timeline timeline;

  /// The ends of patience of each node's requests in flight.
  private final Map<SimNode, Map<Long, Long>> requests = new HashMap<>();

  private final Map<Long, Limited> operations = new HashMap<>();

  private record Limited(SimNode node, int life, long deadline) {}

  public NothingLeftOpen(Network network) {
    timeline = network.timeline();
  }

  @Override
  public void asked(SimNode from, EngineEffect.Ask ask) {
    await(from, ask.rpcId(), ask.patience());
  }

  @Override
  public void announced(SimNode from, EngineEffect.Announce batch) {
    await(from, batch.rpcId(), batch.patience());
  }

  private void await(SimNode from, long rpcId, Duration patience) {
    requests
        .computeIfAbsent(from, _ -> new HashMap<>())
        .put(rpcId, timeline.nanos() + patience.toNanos());
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
    Map<Long, Long> mine = requests.get(from);
    if (mine != null) {
      mine.remove(rpcId);
    }
  }

  @Override
  public void begun(SimNode node, long operationId, Operation<?> operation, Duration limit) {
    operations.put(operationId, new Limited(node, node.life(), timeline.nanos() + limit.toNanos()));
  }

  @Override
  public void done(SimNode node, long operationId, Outcome outcome) {
    if (operations.remove(operationId) == null) {
      throw new Violation("operations", node + " ends operation " + operationId + " again");
    }
  }

  @Override
  public void stopped(SimNode node) {
    requests.remove(node);
  }

  @Override
  public void inspect(Network network) {
    long now = timeline.nanos() - SLACK_NANOS;
    for (SimNode node : network.nodes()) {
      if (node.isUp()) {
        inspect(node, requests.getOrDefault(node, Map.of()), now);
      }
    }
    operations.values().removeIf(one -> one.life != one.node.life());
    operations.forEach((id, one) -> {
      if (one.deadline < now) {
        throw new Violation("operations", one.node + " has not ended operation " + id);
      }
    });
  }

  private static void inspect(SimNode node, Map<Long, Long> open, long now) {
    if (node.engine().inFlight() != open.size()) {
      throw new Violation(
          "in flight",
          node
              + " counts "
              + node.engine().inFlight()
              + " requests in flight; "
              + open.size()
              + " are");
    }
    for (long patience : open.values()) {
      if (patience < now) {
        throw new Violation("in flight", node + " still waits for a request of long ago");
      }
    }
  }
}
