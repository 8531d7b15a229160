package io.kadenza.sim.check;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.sim.net.SimNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// No walk waits for more peers at a time than it may: α on its way, all k at its end. One that
/// hedges asks a stand-in for each that is late, and lets slow ones answer when they like. Needs
/// engines that tell each step of their walks.
public final class AlphaBound implements Checker {
  /// A walk that does not wait for slow peers asks no more when so many times α are open besides.
  private static final int SLOW_PER_ALPHA = 2;

  private final int atATime;
  private final int slow;
  private final Map<Walk, Open> walks = new HashMap<>();

  private record Walk(int node, int life, long id) {}

  /// What one walk waits for, and for whom it does not wait any more.
  private static final class Open {
    int waiting;
    final Set<KadKey> slow = new HashSet<>();
  }

  /// @param atATime how many peers a walk may wait for
  /// @param slow how many may be open besides
  public AlphaBound(int atATime, int slow) {
    this.atATime = atATime;
    this.slow = slow;
  }

  /// What walks with these settings promise.
  public static AlphaBound of(LookupConfig lookup) {
    int most = Math.max(lookup.alpha(), lookup.k());
    return lookup.hedged()
        ? new AlphaBound(2 * most, SLOW_PER_ALPHA * lookup.alpha() + 2 * most)
        : new AlphaBound(most, 0);
  }

  @Override
  public void happened(SimNode node, EngineEvent event) {
    switch (event) {
      case EngineEvent.LookupStarted started ->
          walks.put(walk(node, started.lookupId()), new Open());
      case EngineEvent.LookupEnded ended -> walks.remove(walk(node, ended.lookupId()));
      case EngineEvent.LookupStep step -> {
        Open open = walks.get(walk(node, step.lookupId()));
        if (open != null) {
          note(open, step);
          check(node, step.lookupId(), open);
        }
      }
      case EngineEvent.TableEvent _,
          EngineEvent.RpcEvent _,
          EngineEvent.StoreEvent _,
          EngineEvent.ProvideEvent _,
          EngineEvent.UpkeepEvent _ -> {}
    }
  }

  private static void note(Open open, EngineEvent.LookupStep step) {
    KadKey peer = step.peer().key();
    switch (step) {
      case EngineEvent.LookupAsked _ -> open.waiting++;
      case EngineEvent.LookupSlow _ -> {
        open.waiting--;
        open.slow.add(peer);
      }
      case EngineEvent.LookupAnswered _, EngineEvent.LookupFailed _ -> {
        if (!open.slow.remove(peer)) {
          open.waiting--;
        }
      }
    }
  }

  private void check(SimNode node, long walk, Open open) {
    if (open.waiting > atATime) {
      throw new Violation("alpha", tooMany(node, walk, "waits for ", open.waiting, atATime));
    }
    if (open.slow.size() > slow) {
      throw new Violation(
          "alpha", tooMany(node, walk, "has among slow peers ", open.slow.size(), slow));
    }
  }

  private static String tooMany(SimNode node, long walk, String what, int count, int allowed) {
    return node
        + " "
        + what
        + count
        + " at a time on walk "
        + walk
        + "; "
        + allowed
        + " are allowed";
  }

  @Override
  public void stopped(SimNode node) {
    walks.keySet().removeIf(walk -> walk.node == node.index());
  }

  private static Walk walk(SimNode node, long id) {
    return new Walk(node.index(), node.life(), id);
  }
}
