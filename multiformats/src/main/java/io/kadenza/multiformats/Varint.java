package io.kadenza.multiformats;

import java.nio.ByteBuffer;

/// Unsigned varints of multiformats: little-endian groups of seven bits, at most nine bytes (63
/// bits), and only in the shortest form, so that a value has one spelling (unsigned-varint,
/// "reserved" and "canonical").
public final class Varint {
  /// "the maximum length is 9 bytes": 63 bits, so values are never negative.
  public static final int MAX_BYTES = 9;

  private Varint() {}

  /// How many bytes `value` takes; `value` must not be negative.
  public static int size(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a varint holds 0..2^63-1, not " + value);
    }
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  /// Writes `value` at `off` and returns the offset after it.
  public static int put(byte[] buf, int off, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a varint holds 0..2^63-1, not " + value);
    }
    int at = off;
    long rest = value;
    while (rest > 0x7f) {
      buf[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buf[at++] = (byte) rest;
    return at;
  }

  /// The bytes of `value`, which must not be negative.
  public static byte[] encode(long value) {
    byte[] out = new byte[size(value)];
    put(out, 0, value);
    return out;
  }

  /// Reads one varint at the buffer's position and moves past it; on failure the position is
  /// unspecified.
  public static long read(ByteBuffer in) {
    long value = 0;
    for (int i = 0; i < MAX_BYTES; i++) {
      if (!in.hasRemaining()) {
        throw truncated();
      }
      byte b = in.get();
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return checkMinimal(value, b, i);
      }
    }
    throw tooLong();
  }

  /// Reads the varint at `off`, which must end before `limit`. It took [#size] of the result bytes.
  public static long read(byte[] buf, int off, int limit) {
    long value = 0;
    for (int i = 0; i < MAX_BYTES; i++) {
      if (off + i >= limit) {
        throw truncated();
      }
      byte b = buf[off + i];
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return checkMinimal(value, b, i);
      }
    }
    throw tooLong();
  }

  private static long checkMinimal(long value, byte last, int index) {
    if (last == 0 && index > 0) {
      throw MalformedException.onWire("varint is longer than its value needs");
    }
    return value;
  }

  private static MalformedException truncated() {
    return MalformedException.onWire("varint ends before its last byte");
  }

  private static MalformedException tooLong() {
    return MalformedException.onWire("varint is longer than 9 bytes");
  }

  /// Reads varints from a stream, one byte at a time. Confined to the stream's owner.
  public static final class Decoder {
    private long value;
    private int count;

    /// A decoder that expects the first byte of a varint.
    public Decoder() {}

    /// Takes the next byte; true when it was the last of a varint, whose [#value] is then ready.
    /// The byte after that starts the next varint.
    public boolean feed(byte b) {
      if (count == 0) {
        value = 0;
      }
      value |= (long) (b & 0x7f) << (7 * count);
      if (b < 0) {
        if (++count >= MAX_BYTES) {
          throw tooLong();
        }
        return false;
      }
      checkMinimal(value, b, count);
      count = 0;
      return true;
    }

    /// The last completed varint.
    public long value() {
      return value;
    }

    /// Whether some but not all bytes of a varint have been seen.
    public boolean isPartial() {
      return count > 0;
    }
  }
}
