package io.kadenza.sim.check;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.sim.net.SimNode;
import java.util.HashMap;
import java.util.Map;

/// No walk asks more than α peers at a time. Needs engines that tell each step of their walks.
public final class AlphaBound implements Checker {
  private final int alpha;
  private final Map<Walk, int[]> inFlight = new HashMap<>();

  private record Walk(int node, int life, long id) {}

  public AlphaBound(int alpha) {
    this.alpha = alpha;
  }

  @Override
  public void happened(SimNode node, EngineEvent event) {
    switch (event) {
      case EngineEvent.LookupStarted started ->
          inFlight.put(walk(node, started.lookupId()), new int[1]);
      case EngineEvent.LookupEnded ended -> inFlight.remove(walk(node, ended.lookupId()));
      case EngineEvent.LookupStep step -> {
        int[] count = inFlight.get(walk(node, step.lookupId()));
        if (count != null) {
          count[0] += change(step);
          if (count[0] > alpha) {
            throw new Violation(
                "alpha",
                node
                    + " asks "
                    + count[0]
                    + " peers at a time on walk "
                    + step.lookupId()
                    + "; at most "
                    + alpha
                    + " are allowed");
          }
        }
      }
      case EngineEvent.TableEvent _,
          EngineEvent.RpcEvent _,
          EngineEvent.StoreEvent _,
          EngineEvent.ProvideEvent _,
          EngineEvent.UpkeepEvent _ -> {}
    }
  }

  /// By how many more, or fewer, peers the walk waits for an answer.
  private static int change(EngineEvent.LookupStep step) {
    return switch (step) {
      case EngineEvent.LookupAsked _ -> 1;
      case EngineEvent.LookupAnswered _, EngineEvent.LookupFailed _ -> -1;
      case EngineEvent.LookupSlow _ -> 0;
    };
  }

  @Override
  public void stopped(SimNode node) {
    inFlight.keySet().removeIf(walk -> walk.node == node.index());
  }

  private static Walk walk(SimNode node, long id) {
    return new Walk(node.index(), node.life(), id);
  }
}
