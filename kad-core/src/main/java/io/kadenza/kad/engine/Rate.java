package io.kadenza.kad.engine;

import java.time.Duration;

/// How much somebody may ask for: a token bucket for requests and their bytes together.
///
/// @param requestsPerSecond in the long run, at least 1
/// @param bytesPerSecond of requests, in the long run, at least 1; each request takes its share of
///   both
/// @param burst the time whose whole allowance may be taken at once after a rest
public record Rate(int requestsPerSecond, long bytesPerSecond, Duration burst) {
  private static final double NANOS_PER_SECOND = 1e9;

  public Rate {
    if (requestsPerSecond < 1 || bytesPerSecond < 1 || !burst.isPositive()) {
      throw new IllegalArgumentException("a rate must be positive");
    }
  }

  /// The part of the allowance that one request takes, as the nanoseconds in which it grows again.
  public long cost(int bytes) {
    return (long)
        (NANOS_PER_SECOND / requestsPerSecond + bytes * NANOS_PER_SECOND / bytesPerSecond);
  }
}
