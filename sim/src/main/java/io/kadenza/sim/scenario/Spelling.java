package io.kadenza.sim.scenario;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How durations and figures are written for people.
public final class Spelling {
  private Spelling() {}

  /// As a scenario file would write it: in the largest unit that is exact.
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    for (var unit :
        new Unit[] {
          new Unit(86_400_000, "d"),
          new Unit(3_600_000, "h"),
          new Unit(60_000, "m"),
          new Unit(1_000, "s")
        }) {
      if (millis > 0 && millis % unit.millis == 0) {
        return millis / unit.millis + unit.name;
      }
    }
    return millis + "ms";
  }

  private record Unit(long millis, String name) {}

  /// Milliseconds of virtual time.
  public static String millis(long nanos) {
    return String.format(Locale.ROOT, "%,d ms", TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  public static String decimal(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  public static String bytes(long value) {
    if (value >= 10_000_000_000L) {
      return count(value / 1_000_000_000) + " GB";
    }
    if (value >= 10_000_000) {
      return count(value / 1_000_000) + " MB";
    }
    return value >= 10_000 ? count(value / 1_000) + " kB" : count(value) + " B";
  }
}
