package io.kadenza.kad.engine;

import java.time.Duration;

/// How long to wait before something that failed is tried again.
final class Backoff {
  private Backoff() {}

  /// The wait after this one, if that was in vain too: twice as long, up to a limit.
  static Duration next(Duration wait, Duration longest) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(longest) > 0 ? longest : twice;
  }
}
