package io.kadenza.sim.net;

import java.util.SplittableRandom;

/// The one seed of a simulation and the random sources that spring from it, each by a name of its
/// own: what one of them is used for does not disturb the others.
///
/// @param root the seed that a user gives
public record Seeds(long root) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /// The source with this name.
  public SplittableRandom of(String name) {
    return new SplittableRandom(seed(name));
  }

  /// One of many sources with this name.
  public SplittableRandom of(String name, long index) {
    return new SplittableRandom(mix(seed(name) + index * 0x9e3779b97f4a7c15L));
  }

  private long seed(String name) {
    long hash = FNV_OFFSET ^ mix(root);
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /// Stafford's thirteenth variant of the finalizer of MurmurHash3.
  private static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
