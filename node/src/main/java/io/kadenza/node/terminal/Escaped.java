package io.kadenza.node.terminal;

import io.kadenza.multiformats.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Text from strangers, made fit for a terminal and a log: whatever moves the cursor, changes
/// colours, breaks the line or turns the reading direction becomes visible instead.
public final class Escaped {
  private Escaped() {}

  /// One line: line breaks are escaped too.
  public static String line(String text) {
    return escape(text, false);
  }

  /// Several lines: line feeds and tabs stay.
  public static String block(String text) {
    return escape(text, true);
  }

  /// A value for people: its text if it is UTF-8, else its bytes in hexadecimal.
  public static String value(byte[] value) {
    return utf8(value).map(Escaped::block).orElseGet(() -> HexFormat.of().formatHex(value));
  }

  /// The text that these bytes are, empty if they are not well-formed UTF-8.
  public static Optional<String> utf8(byte[] value) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  private static String escape(String text, boolean manyLines) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (isPlain(c) || (manyLines && (c == '\n' || c == '\t'))) {
            out.appendCodePoint(c);
          } else {
            out.append(String.format("\\u{%x}", c));
          }
        });
    return out.toString();
  }

  /// Wide and narrow spaces are none of the characters that values may hold, but do no harm here.
  private static boolean isPlain(int c) {
    return Printable.is(c) || Character.getType(c) == Character.SPACE_SEPARATOR;
  }
}
