package io.kadenza.machine;

import java.time.Instant;

/// Where a driver reads its clocks.
@FunctionalInterface
public interface TimeSource {
  /// The present on both clocks.
  Now now();

  /// The clocks of this machine.
  static TimeSource system() {
    return () -> new Now(System.nanoTime(), Instant.now());
  }
}
