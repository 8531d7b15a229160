package io.kadenza.kad.lookup;

/// What is known, before a walk begins, about how close to a key peers lie. Shares of the keyspace.
///
/// @param kDistance where the k-th closest peer is expected; 0 if nobody knows
/// @param radius within which everybody counts as one of the closest; 0 for nobody but the k
///   closest
/// @param ifCrowded whether it does so only where peers crowd around the key. Elsewhere enough of
///   the k closest are there by chance and not by choice, and they suffice to find a record
/// @param familiar whether walks lately have ended at peers that were known before they began
public record Region(double kDistance, double radius, boolean ifCrowded, boolean familiar) {
  /// Nothing is known, and the k closest are sought.
  public static final Region UNKNOWN = new Region(0, 0, false, false);

  /// How much farther than expected the k-th closest candidate may lie for the way to be found:
  /// every fifth time it lies farther off even of all there are.
  private static final double NEAR = 1.15;

  /// The same where nearly everybody is known. By chance it is that far off once in 10,000 times:
  /// then this part of the network is not as familiar as others.
  private static final double NEAR_IF_FAMILIAR = 2;

  private static final double HALF_KEYSPACE = 0x1p63;

  /// Where k peers lie within this share of the distance that k peers should take up, they have
  /// chosen their places: seven or eight can be expected there, and twenty are there once in 5,000
  /// times.
  private static final double CROWDED = 0.375;

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
    return new Region(kDistance, Math.min(1, factor * kDistance), false, false);
  }

  /// The same, to be taken in only if peers crowd around the key.
  public Region onlyIfCrowded() {
    return new Region(kDistance, radius, true, familiar);
  }

  /// The same in a network that is well known, or is not.
  public Region familiar(boolean value) {
    return new Region(kDistance, radius, ifCrowded, value);
  }

  /// The first 64 bits of the distance up to which k candidates must lie for the way to be found.
  long nearEnough() {
    return high((familiar ? NEAR_IF_FAMILIAR : NEAR) * kDistance);
  }

  /// Within which k peers are a crowd; 0 where a crowd makes no difference.
  double crowdRadius() {
    return radius == 0 ? 0 : CROWDED * kDistance;
  }

  /// The first 64 bits of a distance given as a share of the keyspace, an unsigned number.
  static long high(double share) {
    return share >= 1 ? -1 : (long) (share * HALF_KEYSPACE) << 1;
  }
}
