package io.kadenza.kad.lookup;

import java.time.Duration;

/// What a walk cost.
///
/// @param reason why the walk ended, or else what it was a part of
/// @param asked requests sent
/// @param answered how many of them were answered
/// @param failed how many failed or timed out
/// @param hops the longest chain of referrals to a peer that answered; 1 if only peers known before
///   answered
public record LookupStats(
    Termination reason, int asked, int answered, int failed, int hops, Duration took) {

  /// The same of an operation that ended for another reason than its walk did.
  public LookupStats withReason(Termination other) {
    return new LookupStats(other, asked, answered, failed, hops, took);
  }

  /// For an operation that asked nobody.
  public static LookupStats none(Termination reason) {
    return new LookupStats(reason, 0, 0, 0, 0, Duration.ZERO);
  }
}
