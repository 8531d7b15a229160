package io.kadenza.kad.lookup;

/// What is known, before a walk begins, about how close to a key peers lie. Shares of the keyspace.
///
/// @param kDistance where the k-th closest peer is expected; 0 if nobody knows
/// @param radius within which everybody counts as one of the closest; 0 for nobody but the k
///   closest
public record Region(double kDistance, double radius) {
  /// Nothing is known, and the k closest are sought.
  public static final Region UNKNOWN = new Region(0, 0);

  private static final double HALF_KEYSPACE = 0x1p63;

  public Region {
    if (!(kDistance >= 0 && kDistance <= 1 && radius >= 0 && radius <= 1)) {
      throw new IllegalArgumentException("shares of the keyspace are 0 to 1");
    }
  }

  /// What a network of so many servers makes one expect.
  ///
  /// @param factor the radius as a multiple of the distance at which the k-th closest peer is
  ///   expected; 0 for none
  public static Region of(double servers, int k, double factor) {
    double kDistance = Math.min(1, k / (servers + 1));
    return new Region(kDistance, Math.min(1, factor * kDistance));
  }

  /// The first 64 bits of a distance given as a share of the keyspace, an unsigned number.
  static long high(double share) {
    return share >= 1 ? -1 : (long) (share * HALF_KEYSPACE) << 1;
  }
}
