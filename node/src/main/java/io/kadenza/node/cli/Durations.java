package io.kadenza.node.cli;

import io.kadenza.multiformats.MalformedException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

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

  /// Where no time at all is one too.
  static final class OrNone implements ITypeConverter<Duration> {
    private static final Pattern NONE = Pattern.compile("0{1,7}(ms|s|m|h)?");

    @Override
    public Duration convert(String text) {
      try {
        return NONE.matcher(text).matches() ? Duration.ZERO : parse(text);
      } catch (MalformedException noTime) {
        throw new TypeConversionException(noTime.getMessage());
      }
    }
  }

  private static MalformedException refused(String text) {
    return new MalformedException(
        "not a time: "
            + MalformedException.quote(text)
            + "; expected the like of 500ms, 10s or 2m");
  }
}
