package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  /// One more than the estimate of the network's size asks for.
  private static final int WALKS = 6;

  private static final int KEY_BYTES = 32;

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
    // The refresh, in which nobody has anything new to tell.
    answer(node, node.engine().tick(later), List.of());
    if (node.config().regional()) {
      estimate(node, random);
    }
  }

  /// Has a node make as many walks as it takes to know how large the network is. The answers are
  /// those that the closest peers would give.
  private void estimate(SimNode node, SplittableRandom random) {
    for (int i = 0; i < WALKS; i++) {
      byte[] key = new byte[KEY_BYTES];
      random.nextBytes(key);
      var operation = new Operation.FindClosest(Bytes.wrap(key));
      var start = new EngineInput.Start(Long.MIN_VALUE + i, operation, SETTLE);
      KadKey target = KadKey.of(operation.key());
      var closest = new ArrayList<Contact>();
      for (SimNode one : census.closest(target, node.config().k(), one -> one != node)) {
        closest.add(one.contact());
      }
      answer(node, node.engine().apply(start, later), closest);
    }
  }

  /// Answers everything that a node asks on the spot.
  private void answer(SimNode node, List<EngineEffect> effects, List<Contact> closer) {
    var open = new ArrayDeque<>(effects);
    for (EngineEffect effect = open.poll(); effect != null; effect = open.poll()) {
      if (effect instanceof EngineEffect.Ask ask) {
        var response = new KadResponse.Closer(closer);
        open.addAll(node.engine().apply(new EngineInput.Answered(ask.rpcId(), response), later));
      }
    }
  }

  private void admit(SimNode node, SimNode peer) {
    if (node == peer) {
      return;
    }
    var identified = new EngineInput.PeerIdentified(peer.contact(), true);
    for (EngineEffect effect : node.engine().apply(identified, now)) {
      if (effect instanceof EngineEffect.Ask ask) {
        var proof = new KadResponse.Closer(List.of(peer.contact()));
        node.engine().apply(new EngineInput.Answered(ask.rpcId(), proof), now);
      }
    }
  }
}
