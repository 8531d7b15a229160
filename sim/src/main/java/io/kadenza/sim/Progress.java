package io.kadenza.sim;

import java.io.Serial;
import java.time.Duration;

/// Is told from time to time how far a run is, and may end it by throwing [Enough].
@FunctionalInterface
public interface Progress {
  /// Tells nobody.
  Progress NONE = (_, _, _) -> {};

  /// Nobody wants to know how the run goes on.
  final class Enough extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public Enough() {
      super("the run was ended", null, false, false);
    }
  }

  /// @param now virtual time
  /// @param end when the run is over
  /// @param messages delivered so far
  void at(Duration now, Duration end, long messages);
}
