package io.kadenza.gossip.mesh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Drawing lots. The outcome depends on the generator and the order of the candidates alone.
public final class Draw {
  private Draw() {}

  /// Up to `count` of the candidates, in random order, each equally likely.
  public static <T> List<T> some(Collection<T> candidates, int count, RandomGenerator random) {
    List<T> lots = new ArrayList<>(candidates);
    int drawn = Math.clamp(count, 0, lots.size());
    for (int i = 0; i < drawn; i++) {
      Collections.swap(lots, i, random.nextInt(i, lots.size()));
    }
    return lots.subList(0, drawn);
  }
}
