package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.EngineInput.Converge.Walked;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.machine.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Fills tables as a network that has been up for long would have filled them: each bucket with all
/// nodes that belong there, or with k random ones.
public final class Convergence {
  /// As many as the estimate of the network's size asks for.
  private static final int WALKS = 5;

  /// Many more than one node makes, so that no two know the same.
  private static final int POOL = 1 << 10;

  private final Census census;
  private final Now now;

  /// Walks that nodes have made, those of all nodes together.
  private final @Nullable Walked[] pool = new Walked[POOL];

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
    node.engine().apply(new EngineInput.Converge(servers, walks), now);
  }

  private static boolean knowsSize(KadConfig config) {
    return config.region() > 0 || config.lookup().eager();
  }

  /// As many walks as it takes to know how large the network is, with what they would have found.
  private List<Walked> walks(SimNode node, SplittableRandom random) {
    var walks = new ArrayList<Walked>(WALKS);
    while (walks.size() < WALKS) {
      int place = random.nextInt(pool.length);
      Walked known = pool[place];
      if (known == null) {
        known = walk(node.config().k(), random);
        pool[place] = known;
      }
      walks.add(known.closest().contains(node.contact()) ? without(node, known) : known);
    }
    return walks;
  }

  private Walked walk(int k, SplittableRandom random) {
    byte[] point = new byte[KadKey.BYTES];
    random.nextBytes(point);
    KadKey target = KadKey.ofDigest(point);
    var closest = new ArrayList<Contact>(k);
    for (SimNode node : census.closest(target, k, _ -> true)) {
      closest.add(node.contact());
    }
    return new Walked(target, closest);
  }

  private static Walked without(SimNode node, Walked walk) {
    var others = new ArrayList<>(walk.closest());
    others.remove(node.contact());
    return new Walked(walk.target(), others);
  }
}
