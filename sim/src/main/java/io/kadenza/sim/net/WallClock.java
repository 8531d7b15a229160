package io.kadenza.sim.net;

import io.kadenza.machine.Now;
import java.time.Duration;
import java.time.Instant;

/// The time of day as a node believes it is. Its monotonic clock is never wrong: timeouts live on
/// that one, and a node whose second lasts longer is only a slower node.
///
/// @param ahead how far it was ahead of the truth when the simulation began; negative if behind
/// @param driftPerMillion by how many millionths of the time passed it is farther ahead since
public record WallClock(Duration ahead, int driftPerMillion) {
  private static final long MILLION = 1_000_000;

  /// What the clock shows at a time.
  public Now read(Now truth) {
    long drift = truth.nanos() / MILLION * driftPerMillion;
    Instant wall = truth.wall().plus(ahead).plusNanos(drift);
    return new Now(truth.nanos(), wall);
  }

  /// The same clock after somebody has set it.
  ///
  /// @param by negative if it was set back
  public WallClock setForward(Duration by) {
    return new WallClock(ahead.plus(by), driftPerMillion);
  }
}
