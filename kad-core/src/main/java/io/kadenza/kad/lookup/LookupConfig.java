package io.kadenza.kad.lookup;

import java.time.Duration;

/// How a walk proceeds.
///
/// @param k how many closest peers it looks for; "the recommended value for k is 20"
/// @param alpha how many requests are in flight at most; "default value of 10"
/// @param beta how many of the closest must have answered before only the rest of the k closest is
///   asked; "implementations SHOULD set β to 3"
/// @param patience how long one peer may take to answer
/// @param followUp whether the rest of the k closest is asked at all
public record LookupConfig(int k, int alpha, int beta, Duration patience, boolean followUp) {
  public static final LookupConfig DEFAULT =
      new LookupConfig(20, 10, 3, Duration.ofSeconds(10), true);

  public LookupConfig {
    if (k < 1 || alpha < 1 || beta < 1 || !patience.isPositive()) {
      throw new IllegalArgumentException("k, alpha, beta and patience must be positive");
    }
  }

  public LookupConfig withK(int value) {
    return new LookupConfig(value, alpha, beta, patience, followUp);
  }

  public LookupConfig withAlpha(int value) {
    return new LookupConfig(k, value, beta, patience, followUp);
  }

  public LookupConfig withBeta(int value) {
    return new LookupConfig(k, alpha, value, patience, followUp);
  }

  public LookupConfig withPatience(Duration value) {
    return new LookupConfig(k, alpha, beta, value, followUp);
  }

  public LookupConfig withFollowUp(boolean value) {
    return new LookupConfig(k, alpha, beta, patience, value);
  }
}
