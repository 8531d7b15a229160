package io.kadenza.multiformats;

/// An unsigned big-endian number of `bytes` bytes, in decimal: ports, prefix lengths, memory
/// addresses.
record DecimalValue(int bytes) implements AddressValue {
  @Override
  public boolean isAnyBytes() {
    return true;
  }

  @Override
  public byte[] toBytes(String text) {
    long value = parse(text);
    byte[] out = new byte[bytes];
    for (int i = bytes - 1; i >= 0; i--) {
      out[i] = (byte) value;
      value >>>= 8;
    }
    return out;
  }

  /// Digits only: no sign, no blank, no leading zero that others might read as octal.
  private long parse(String text) {
    String max = Long.toUnsignedString(-1L >>> (64 - 8 * bytes));
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean canonical = digits && !text.isEmpty() && !(text.length() > 1 && text.charAt(0) == '0');
    boolean inRange =
        text.length() < max.length() || (text.length() == max.length() && text.compareTo(max) <= 0);
    if (!canonical || !inRange) {
      throw new MalformedException(
          "expected a number from 0 to " + max + ", not " + MalformedException.quote(text));
    }
    return Long.parseUnsignedLong(text);
  }

  @Override
  public String toText(byte[] value) {
    long number = 0;
    for (byte b : value) {
      number = number << 8 | (b & 0xff);
    }
    return Long.toUnsignedString(number);
  }
}
