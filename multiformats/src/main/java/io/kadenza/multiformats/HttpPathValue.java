package io.kadenza.multiformats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// An HTTP path: raw in bytes, one percent-encoded URI segment in text (RFC 3986 section 3.3,
/// `segment-nz`).
record HttpPathValue() implements AddressValue {
  /// `pchar` without letters, digits and percent-encoding.
  private static final String PUNCTUATION = "-._~!$&'()*+,;=:@";

  @Override
  public byte[] toBytes(String text) {
    byte[] in = text.getBytes(UTF_8);
    var out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        out.write(escaped(text, in, i));
        i += 2;
      } else if (isPlain(in[i])) {
        out.write(in[i]);
      } else {
        throw new MalformedException(
            "percent-encode what is not a URI path character, in "
                + MalformedException.quote(text));
      }
    }
    return out.toByteArray();
  }

  private static int escaped(String text, byte[] in, int at) {
    if (at + 2 < in.length
        && HexFormat.isHexDigit(in[at + 1])
        && HexFormat.isHexDigit(in[at + 2])) {
      return HexFormat.fromHexDigits(new String(in, at + 1, 2, ISO_8859_1));
    }
    throw new MalformedException(
        "expected two hexadecimal digits after '%', in " + MalformedException.quote(text));
  }

  @Override
  public String toText(byte[] value) {
    var out = new StringBuilder(value.length);
    for (byte b : value) {
      if (isPlain(b)) {
        out.append((char) b);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  @Override
  public void check(byte[] value) {
    if (value.length == 0) {
      throw MalformedException.onWire("an http-path is not empty");
    }
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || PUNCTUATION.indexOf(b) >= 0;
  }
}
