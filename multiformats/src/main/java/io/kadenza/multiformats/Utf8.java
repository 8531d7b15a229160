package io.kadenza.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Strict UTF-8: what decodes, encodes back to the same bytes.
public final class Utf8 {
  private Utf8() {}

  /// Decodes `len` bytes at `off`; throws [MalformedException] on ill-formed UTF-8.
  public static String decode(byte[] buf, int off, int len) {
    String text = new String(buf, off, len, UTF_8);
    // The JDK's fast decoder marks every error by U+FFFD. Only text that contains one needs a
    // closer look: it may have been sent as such.
    if (text.indexOf('\uFFFD') >= 0) {
      byte[] again = text.getBytes(UTF_8);
      if (!Arrays.equals(again, 0, again.length, buf, off, off + len)) {
        throw MalformedException.onWire(
            "text is not well-formed UTF-8: " + MalformedException.quote(text));
      }
    }
    return text;
  }
}
