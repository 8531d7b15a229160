package io.kadenza.multiformats;

import java.util.Arrays;

/// Positional notation: the bytes are one big-endian number, every leading zero byte is one leading
/// zero digit (base58, base36, base10).
///
/// The cost grows with the square of the length, hence the bound: 4,096 characters take well under
/// a millisecond, and a peer id has 52. Several digits are converted at once, as many as fit in 31
/// bits.
final class Radix implements TextCodec {
  /// Far above any peer id or CID; see the class comment.
  static final int MAX_CHARS = 4096;

  private static final long LIMB = 0xffff_ffffL;

  private final char[] alphabet;
  private final byte[] values;
  private final int radix;
  private final double charsPerByte;

  /// The digits converted at once, and `radix` to that power.
  private final int group;

  private final int groupBase;

  Radix(String alphabet, boolean foldCase) {
    this.alphabet = alphabet.toCharArray();
    this.values = TextCodec.digits(alphabet, foldCase);
    this.radix = alphabet.length();
    this.charsPerByte = Math.log(256) / Math.log(radix);
    int digits = 0;
    long power = 1;
    while (power * radix <= Integer.MAX_VALUE) {
      power *= radix;
      digits++;
    }
    this.group = digits;
    this.groupBase = (int) power;
  }

  @Override
  public String encode(byte[] data) {
    int zeros = leadingZeros(data);
    int capacity = zeros + (int) ((data.length - zeros) * charsPerByte) + 1;
    if (capacity > MAX_CHARS) {
      throw new IllegalArgumentException(
          data.length + " bytes are too many for base" + radix + "; use a base of two");
    }
    char[] out = new char[capacity + group];
    int at = out.length;
    int[] limbs = limbs(data, zeros);
    for (int first = 0; first < limbs.length; ) {
      int rest = divide(limbs, first);
      for (int i = 0; i < group; i++) {
        out[--at] = alphabet[rest % radix];
        rest /= radix;
      }
      while (first < limbs.length && limbs[first] == 0) {
        first++;
      }
    }
    while (at < out.length && out[at] == alphabet[0]) {
      at++;
    }
    Arrays.fill(out, at - zeros, at, alphabet[0]);
    return new String(out, at - zeros, out.length - at + zeros);
  }

  /// Divides the number by [#groupBase] in place and returns the remainder.
  private int divide(int[] limbs, int first) {
    long rest = 0;
    for (int i = first; i < limbs.length; i++) {
      long part = rest << 32 | (limbs[i] & LIMB);
      limbs[i] = (int) (part / groupBase);
      rest = part % groupBase;
    }
    return (int) rest;
  }

  @Override
  public byte[] decode(String text) {
    int length = text.length();
    if (length > MAX_CHARS) {
      throw new MalformedException(
          "base"
              + radix
              + " text of "
              + length
              + " characters; at most "
              + MAX_CHARS
              + " are read");
    }
    int zeros = 0;
    while (zeros < length && text.charAt(zeros) == alphabet[0]) {
      zeros++;
    }
    // A digit carries fewer than 8 bits, so four of them always fit one limb.
    int[] limbs = new int[(length - zeros) / 4 + 1];
    int used = 0;
    for (int i = zeros; i < length; ) {
      int scale = 1;
      int value = 0;
      for (int n = 0; n < group && i < length; n++, i++) {
        value = value * radix + TextCodec.digit(values, text, i);
        scale *= radix;
      }
      used = multiplyAdd(limbs, used, scale, value);
    }
    return bytes(limbs, used, zeros);
  }

  /// `limbs * scale + value` over little-endian limbs; returns how many are in use afterwards.
  private static int multiplyAdd(int[] limbs, int used, int scale, int value) {
    long carry = value;
    for (int i = 0; i < used; i++) {
      long part = (limbs[i] & LIMB) * scale + carry;
      limbs[i] = (int) part;
      carry = part >>> 32;
    }
    if (carry == 0) {
      return used;
    }
    limbs[used] = (int) carry;
    return used + 1;
  }

  private static byte[] bytes(int[] littleEndian, int used, int zeros) {
    int bits = used == 0 ? 0 : 32 * used - Integer.numberOfLeadingZeros(littleEndian[used - 1]);
    int count = (bits + 7) / 8;
    byte[] out = new byte[zeros + count];
    for (int i = 0; i < count; i++) {
      out[out.length - 1 - i] = (byte) (littleEndian[i / 4] >>> (8 * (i % 4)));
    }
    return out;
  }

  private static int leadingZeros(byte[] data) {
    int n = 0;
    while (n < data.length && data[n] == 0) {
      n++;
    }
    return n;
  }

  /// Big-endian limbs of the bytes from `from` on.
  private static int[] limbs(byte[] data, int from) {
    int count = (data.length - from + 3) / 4;
    int[] limbs = new int[count];
    for (int i = data.length - 1, n = 0; i >= from; i--, n++) {
      limbs[count - 1 - n / 4] |= (data[i] & 0xff) << (8 * (n % 4));
    }
    return limbs;
  }
}
