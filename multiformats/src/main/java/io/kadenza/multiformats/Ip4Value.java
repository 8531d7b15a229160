package io.kadenza.multiformats;

/// An IPv4 address in dotted decimal: four numbers, no octal, no shorthand.
record Ip4Value() implements AddressValue {
  @Override
  public boolean isAnyBytes() {
    return true;
  }

  @Override
  public byte[] toBytes(String text) {
    byte[] out = new byte[4];
    if (!parse(text, 0, out, 0)) {
      throw new MalformedException(
          "expected an IPv4 address like 192.0.2.1, not " + MalformedException.quote(text));
    }
    return out;
  }

  /// Reads `text` from `from` to its end into four bytes at `at`; false if it is not an IPv4
  /// address.
  static boolean parse(String text, int from, byte[] out, int at) {
    int i = from;
    for (int n = 0; n < 4; n++) {
      if (n > 0 && (i >= text.length() || text.charAt(i++) != '.')) {
        return false;
      }
      int start = i;
      int value = 0;
      while (i < text.length() && i - start < 3 && isDigit(text.charAt(i))) {
        value = value * 10 + text.charAt(i++) - '0';
      }
      boolean leadingZero = i - start > 1 && text.charAt(start) == '0';
      if (i == start || leadingZero || value > 255) {
        return false;
      }
      out[at + n] = (byte) value;
    }
    return i == text.length();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String toText(byte[] value) {
    return print(new StringBuilder(15), value, 0).toString();
  }

  static StringBuilder print(StringBuilder out, byte[] value, int at) {
    for (int n = 0; n < 4; n++) {
      out.append(n == 0 ? "" : ".").append(value[at + n] & 0xff);
    }
    return out;
  }
}
