package io.kadenza.node.cli;

import java.time.Duration;

/// Times for people, in their two largest units at most: `850ms`, `12s`, `3m`, `2h 5m`, `1d 4h`.
final class Ages {
  private Ages() {}

  /// What seems to lie in the future does so because a clock was set back: it is new.
  static String text(Duration age) {
    if (age.isNegative()) {
      return "0s";
    }
    if (age.toSeconds() == 0) {
      return age.toMillis() + "ms";
    }
    if (age.toMinutes() == 0) {
      return age.toSeconds() + "s";
    }
    if (age.toHours() == 0) {
      return age.toMinutes() + "m";
    }
    if (age.toDays() == 0) {
      return age.toHours() + "h " + age.toMinutesPart() + "m";
    }
    return age.toDays() + "d " + age.toHoursPart() + "h";
  }
}
