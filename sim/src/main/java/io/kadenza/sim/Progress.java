package io.kadenza.sim;

import java.time.Duration;

/// Is told from time to time how far a run is.
@FunctionalInterface
public interface Progress {
  /// Tells nobody.
  Progress NONE = (_, _, _) -> {};

  /// @param now virtual time
  /// @param end when the run is over
  /// @param messages delivered so far
  void at(Duration now, Duration end, long messages);
}
