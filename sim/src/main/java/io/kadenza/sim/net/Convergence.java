package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;

/// Fills tables as a network that has been up for long would have filled them: each bucket with all
/// nodes that belong there, or with k random ones.
///
/// It goes the way of admission that the engine has: each contact is identified as a server, and
/// the request by which the engine checks it is answered on the spot.
public final class Convergence {
  /// A table that grows asks for a refresh some seconds later; a converged one has that behind it.
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final Census census;
  private final Now now;
  private final Now later;

  /// @param now before the time at which the network begins, by [Timeline#START_NANOS]
  public Convergence(Census census, Now now) {
    this.census = census;
    this.now = now;
    this.later = now.plus(SETTLE);
  }

  /// Fills the table of one node.
  public void fill(SimNode node, SplittableRandom random) {
    int k = node.config().k();
    SimNode[] bucket = new SimNode[k];
    int depth = census.depth(node.key());
    for (int prefix = 0; prefix < depth; prefix++) {
      int count = census.sampleBucket(node.key(), prefix, k, bucket, random);
      for (int i = 0; i < count; i++) {
        admit(node, bucket[i]);
      }
    }
    settle(node);
  }

  /// Goes through the refresh, in which nobody has anything new to tell.
  private void settle(SimNode node) {
    var open = new ArrayDeque<>(node.engine().tick(later));
    for (EngineEffect effect = open.poll(); effect != null; effect = open.poll()) {
      if (effect instanceof EngineEffect.Ask ask) {
        var nothing = new KadResponse.Closer(List.of());
        open.addAll(node.engine().apply(new EngineInput.Answered(ask.rpcId(), nothing), later));
      }
    }
  }

  private void admit(SimNode node, SimNode peer) {
    if (node == peer) {
      return;
    }
    var identified = new EngineInput.PeerIdentified(peer.info(), true);
    for (EngineEffect effect : node.engine().apply(identified, now)) {
      if (effect instanceof EngineEffect.Ask ask) {
        var proof = new KadResponse.Closer(List.of(peer.contact()));
        node.engine().apply(new EngineInput.Answered(ask.rpcId(), proof), now);
      }
    }
  }
}
