package io.kadenza.kad.record.ipns;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.regex.Pattern;

/// Times as IPNS writes them: `1970-01-01T00:00:00.000000001Z`.
final class Rfc3339 {
  private static final int MAX_BYTES = 40;
  private static final Pattern FORM =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?"
              + "(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)");

  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Rfc3339() {}

  static Instant parse(Bytes text) {
    String time =
        text.size() > MAX_BYTES ? "" : new String(text.toArray(), StandardCharsets.ISO_8859_1);
    if (!FORM.matcher(time).matches()) {
      throw MalformedException.onWire("not a time: " + MalformedException.quote(time));
    }
    try {
      return Instant.parse(time);
    } catch (DateTimeException e) {
      throw MalformedException.onWire("not a time: " + MalformedException.quote(time));
    }
  }

  /// Always with nine digits of a second, as js has it; others read any number of them.
  static Bytes print(Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("RFC 3339 has four digits for the year: " + time);
    }
    return Bytes.utf8(WRITTEN.format(time));
  }
}
