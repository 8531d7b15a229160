package io.kadenza.node.cli;

import io.kadenza.multiformats.MalformedException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as people write them: `10` (seconds), `500ms`, `30s`, `2m`.
final class Durations {
  private static final Pattern SPELLING = Pattern.compile("(\\d{1,7})(ms|s|m|h)?");

  private Durations() {}

  static Duration parse(String text) {
    Matcher matcher = SPELLING.matcher(text);
    if (!matcher.matches()) {
      throw refused(text);
    }
    long number = Long.parseLong(matcher.group(1));
    if (number == 0) {
      throw refused(text);
    }
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static MalformedException refused(String text) {
    return new MalformedException(
        "not a time: "
            + MalformedException.quote(text)
            + "; expected the like of 500ms, 10s or 2m");
  }
}
