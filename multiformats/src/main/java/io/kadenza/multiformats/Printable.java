package io.kadenza.multiformats;

import java.nio.charset.StandardCharsets;

/// Which text may appear inside a value that people will read in a terminal.
public final class Printable {
  private Printable() {}

  /// Whether a code point shows as itself: no control, format (bidirectional overrides), separator
  /// other than the space, surrogate, private use or unassigned character.
  public static boolean is(int codePoint) {
    if (codePoint < 0x7f) {
      return codePoint >= 0x20;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  static boolean isAll(String text) {
    return text.codePoints().allMatch(Printable::is);
  }

  /// Decodes well-formed UTF-8 whose every character is printable.
  static String decode(byte[] utf8, String what) {
    String text = Utf8.decode(utf8, 0, utf8.length);
    if (!isAll(text)) {
      throw MalformedException.onWire(
          what + " has an unprintable character: " + MalformedException.quote(text));
    }
    return text;
  }

  static byte[] encode(String text, String what) {
    if (!isAll(text)) {
      throw MalformedException.onWire(
          what + " has an unprintable character: " + MalformedException.quote(text));
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
