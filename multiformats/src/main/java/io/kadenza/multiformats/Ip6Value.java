package io.kadenza.multiformats;

import java.util.Arrays;

/// An IPv6 address, read in every form of RFC 4291 section 2.2 and printed in the one of RFC 5952.
record Ip6Value() implements AddressValue {
  private static final int GROUPS = 8;
  private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  @Override
  public boolean isAnyBytes() {
    return true;
  }

  @Override
  public byte[] toBytes(String text) {
    byte[] out = new byte[2 * GROUPS];
    int gap = text.indexOf("::");
    boolean valid;
    if (gap < 0) {
      valid = groups(text, out, true) == GROUPS;
    } else {
      byte[] tail = new byte[2 * GROUPS];
      int before = groups(text.substring(0, gap), out, false);
      int after = groups(text.substring(gap + 2), tail, true);
      // "The use of '::' indicates one or more groups of 16 bits of zeros" and it can only appear
      // once.
      valid = before >= 0 && after >= 0 && before + after < GROUPS;
      if (valid) {
        System.arraycopy(tail, 0, out, 2 * (GROUPS - after), 2 * after);
      }
    }
    if (!valid) {
      throw new MalformedException(
          "expected an IPv6 address like 2001:db8::1, not " + MalformedException.quote(text));
    }
    return out;
  }

  /// Reads groups separated by single colons, the last two perhaps as an IPv4 address; returns how
  /// many, or -1 if the text is anything else.
  private static int groups(String text, byte[] out, boolean mayEndInIp4) {
    if (text.isEmpty()) {
      return 0;
    }
    int i = 0;
    for (int count = 0; count < GROUPS; count++) {
      if (mayEndInIp4
          && count <= GROUPS - 2
          && text.indexOf(':', i) < 0
          && Ip4Value.parse(text, i, out, 2 * count)) {
        return count + 2;
      }
      int start = i;
      int value = 0;
      while (i < text.length() && i - start < 4 && hex(text.charAt(i)) >= 0) {
        value = value << 4 | hex(text.charAt(i++));
      }
      if (i == start) {
        return -1;
      }
      out[2 * count] = (byte) (value >>> 8);
      out[2 * count + 1] = (byte) value;
      if (i == text.length()) {
        return count + 1;
      }
      if (text.charAt(i++) != ':') {
        return -1;
      }
    }
    return -1;
  }

  /// ASCII digits only, which `Character.digit` is not.
  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  @Override
  public String toText(byte[] value) {
    var out = new StringBuilder(39);
    if (isMapped(value, 0)) {
      // RFC 5952 section 5: the well-known prefix ::ffff:0:0/96 keeps its dotted form.
      return Ip4Value.print(out.append("::ffff:"), value, 12).toString();
    }
    int gapStart = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = zeros(value, i);
      // Section 4.2: the longest run, the first among equals, never a single group.
      if (run > gapLength) {
        gapStart = i;
        gapLength = run;
      }
    }
    for (int i = 0; i < GROUPS; ) {
      if (i == gapStart) {
        out.append("::");
        i += gapLength;
      } else {
        boolean colon = i > 0 && (gapStart < 0 || i != gapStart + gapLength);
        out.append(colon ? ":" : "").append(Integer.toHexString(group(value, i)));
        i++;
      }
    }
    return out.toString();
  }

  private static int zeros(byte[] value, int from) {
    int i = from;
    while (i < GROUPS && group(value, i) == 0) {
      i++;
    }
    return i - from;
  }

  private static int group(byte[] value, int i) {
    return (value[2 * i] & 0xff) << 8 | (value[2 * i + 1] & 0xff);
  }

  /// Whether the address at `at` is an IPv4 address in IPv6's clothes (::ffff:0:0/96).
  static boolean isMapped(byte[] buf, int at) {
    return Arrays.equals(buf, at, at + 12, MAPPED_PREFIX, 0, 12);
  }
}
