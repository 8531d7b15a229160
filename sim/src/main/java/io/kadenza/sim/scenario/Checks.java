package io.kadenza.sim.scenario;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What must hold in a scenario, or the run fails.
///
/// @param every how often the checkers look at the network, if they look on at all
/// @param agreeWithin how long after a partition has healed nodes know their neighbours again as
///   well as before, if that is expected
/// @param success the least share of operations of a kind that succeed, for the kinds of which
///   something is expected
public record Checks(
    Optional<Duration> every, Optional<Duration> agreeWithin, Map<Kind, Double> success) {
  public static final Checks NONE = new Checks(Optional.empty(), Optional.empty(), Map.of());

  public Checks {
    success = Map.copyOf(success);
  }
}
