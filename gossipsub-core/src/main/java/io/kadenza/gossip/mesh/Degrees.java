package io.kadenza.gossip.mesh;

/// How many peers a mesh has, and how many are told by gossip (gossipsub 1.0, "Parameters").
///
/// @param target `D`: what upkeep aims at
/// @param low `D_low`: below it, peers are grafted
/// @param high `D_high`: from it on, no GRAFT is accepted and the next heartbeat prunes
/// @param lazy `D_lazy`: to how many peers outside of the mesh gossip goes at least
public record Degrees(int target, int low, int high, int lazy) {
  /// The values of go-libp2p-pubsub; the specification has 4 for `D_low`.
  public static final Degrees DEFAULT = new Degrees(6, 5, 12, 6);

  public Degrees {
    if (low < 0 || low > target || target >= high || lazy < 0) {
      throw new IllegalArgumentException(
          "expected 0 <= low <= target < high and lazy >= 0, not low "
              + low
              + ", target "
              + target
              + ", high "
              + high
              + ", lazy "
              + lazy);
    }
  }
}
