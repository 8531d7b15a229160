package io.kadenza.kad.key;

import io.kadenza.multiformats.Bytes;

/// The XOR of two points, read as an unsigned number of 256 bits.
public record Distance(long a, long b, long c, long d) implements Comparable<Distance> {
  public static final Distance ZERO = new Distance(0, 0, 0, 0);

  /// How many leading bits are zero: the length of the prefix that the two points share.
  public int leadingZeros() {
    if (a != 0) {
      return Long.numberOfLeadingZeros(a);
    }
    if (b != 0) {
      return 64 + Long.numberOfLeadingZeros(b);
    }
    if (c != 0) {
      return 128 + Long.numberOfLeadingZeros(c);
    }
    return 192 + Long.numberOfLeadingZeros(d);
  }

  /// The distance as a share of the keyspace, 0 to 1, for people and estimates.
  public double fraction() {
    return ((a >>> 11) + (b >>> 11) * 0x1p-64) * 0x1p-53;
  }

  @Override
  public int compareTo(Distance other) {
    if (a != other.a) {
      return Long.compareUnsigned(a, other.a);
    }
    if (b != other.b) {
      return Long.compareUnsigned(b, other.b);
    }
    return c != other.c ? Long.compareUnsigned(c, other.c) : Long.compareUnsigned(d, other.d);
  }

  /// Hexadecimal.
  @Override
  public String toString() {
    return hex(a) + hex(b) + hex(c) + hex(d);
  }

  private static String hex(long word) {
    byte[] out = new byte[8];
    for (int i = 0; i < 8; i++) {
      out[i] = (byte) (word >>> (56 - 8 * i));
    }
    return Bytes.wrap(out).toHex();
  }
}
