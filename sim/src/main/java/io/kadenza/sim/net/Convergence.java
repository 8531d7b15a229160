package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.EngineInput.Settle.Walked;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.machine.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Fills tables as a network that has been up for long would have filled them: each bucket with all
/// nodes that belong there, or with k random ones.
public final class Convergence {
  /// One more than the estimate of the network's size asks for.
  private static final int WALKS = 6;

  private final Census census;
  private final Now now;

  /// @param now before the time at which the network begins, by [Timeline#START_NANOS]
  public Convergence(Census census, Now now) {
    this.census = census;
    this.now = now;
  }

  /// Fills the table of one node.
  public void fill(SimNode node, SplittableRandom random) {
    int k = node.config().k();
    Contact[] bucket = new Contact[k];
    int depth = census.depth(node.key());
    var servers = new ArrayList<Contact>(k * depth);
    for (int prefix = 0; prefix < depth; prefix++) {
      int count = census.sampleBucket(node.key(), prefix, k, bucket, random);
      for (int i = 0; i < count; i++) {
        servers.add(bucket[i]);
      }
    }
    List<Walked> walks = knowsSize(node.config()) ? walks(node, random) : List.of();
    node.engine().apply(new EngineInput.Settle(servers, walks), now);
  }

  private static boolean knowsSize(KadConfig config) {
    return config.region() > 0 || config.lookup().eager();
  }

  /// As many walks as it takes to know how large the network is, with what they would have found.
  private List<Walked> walks(SimNode node, SplittableRandom random) {
    var walks = new ArrayList<Walked>(WALKS);
    for (int i = 0; i < WALKS; i++) {
      byte[] point = new byte[KadKey.BYTES];
      random.nextBytes(point);
      KadKey target = KadKey.ofDigest(point);
      var closest = new ArrayList<Contact>(node.config().k());
      for (SimNode one : census.closest(target, node.config().k(), one -> one != node)) {
        closest.add(one.contact());
      }
      walks.add(new Walked(target, closest));
    }
    return walks;
  }
}
