package io.kadenza.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// An immutable string of bytes with value equality, ordered lexicographically by unsigned byte.
///
/// As a map key it is meant for peers' bytes. These are nearly always hashes (peer ids,
/// multihashes, keys), so they spread by themselves; for the rest every input bit is mixed into the
/// hash code, and because `Bytes` is [Comparable], a bucket of `HashMap` that a peer filled with
/// crafted collisions degrades to a tree, not a list.
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long K0 = 0x9e3779b97f4a7c15L;
  private static final long K1 = 0xe7037ed1a0b428dbL;

  private final byte[] data;

  /// Zero until first asked for. Racing threads compute the same value.
  private int hash;

  private Bytes(byte[] data) {
    this.data = data;
  }

  /// A copy of `data`.
  public static Bytes of(byte[] data) {
    return data.length == 0 ? EMPTY : new Bytes(data.clone());
  }

  /// A copy of `len` bytes at `off`.
  public static Bytes of(byte[] data, int off, int len) {
    Objects.checkFromIndexSize(off, len, data.length);
    return len == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(data, off, off + len));
  }

  /// Takes ownership of `data` without copying: the caller must not touch the array again.
  public static Bytes wrap(byte[] data) {
    return data.length == 0 ? EMPTY : new Bytes(data);
  }

  /// The UTF-8 encoding of `text`.
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(UTF_8));
  }

  /// Reads hexadecimal digits of either case.
  public static Bytes fromHex(String hex) {
    try {
      return wrap(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      throw new MalformedException(
          "expected pairs of hexadecimal digits, not " + MalformedException.quote(hex));
    }
  }

  public int size() {
    return data.length;
  }

  public boolean isEmpty() {
    return data.length == 0;
  }

  /// One byte; throws [IndexOutOfBoundsException] where there is none.
  public byte at(int index) {
    return data[index];
  }

  /// A copy.
  public byte[] toArray() {
    return data.clone();
  }

  /// Copies all of them to `off` and behind; throws [IndexOutOfBoundsException] if there is no
  /// room.
  public void copyTo(byte[] dst, int off) {
    System.arraycopy(data, 0, dst, off, data.length);
  }

  /// A copy of the bytes from `from` (inclusive) to `to` (exclusive). It does not keep the whole
  /// alive.
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, data.length);
    return from == 0 && to == data.length ? this : wrap(Arrays.copyOfRange(data, from, to));
  }

  /// These bytes and then those.
  public Bytes concat(Bytes tail) {
    byte[] all = Arrays.copyOf(data, Math.addExact(data.length, tail.data.length));
    tail.copyTo(all, data.length);
    return wrap(all);
  }

  /// A read-only view.
  public ByteBuffer asBuffer() {
    return ByteBuffer.wrap(data).asReadOnlyBuffer();
  }

  /// Two lower-case digits for each byte.
  public String toHex() {
    return HexFormat.of().formatHex(data);
  }

  /// Decodes strictly; throws [MalformedException] on ill-formed UTF-8.
  public String utf8() {
    return Utf8.decode(data, 0, data.length);
  }

  public boolean startsWith(Bytes prefix) {
    int n = prefix.data.length;
    return n <= data.length && Arrays.equals(data, 0, n, prefix.data, 0, n);
  }

  public boolean endsWith(Bytes suffix) {
    int from = data.length - suffix.data.length;
    return from >= 0 && Arrays.equals(data, from, data.length, suffix.data, 0, suffix.data.length);
  }

  /// For this package's own readers; never written to.
  byte[] array() {
    return data;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(data, other.data);
  }

  @Override
  public boolean equals(Object o) {
    return o == this || (o instanceof Bytes b && Arrays.equals(data, b.data));
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = mix(data);
      hash = h;
    }
    return h;
  }

  /// A multiply-fold hash: eight bytes a step, each step spreading over all 128 bits of the
  /// product.
  private static int mix(byte[] d) {
    long h = d.length * K0 ^ K1;
    int i = 0;
    for (; i + 8 <= d.length; i += 8) {
      h = fold(h ^ (long) LONGS.get(d, i), K0);
    }
    long tail = 0;
    for (; i < d.length; i++) {
      tail = tail << 8 | (d[i] & 0xff);
    }
    h = fold(h ^ tail, K1);
    return (int) (h ^ h >>> 32);
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }

  /// The bytes in hexadecimal, cut after 32 of them.
  @Override
  public String toString() {
    return data.length <= 32
        ? toHex()
        : HexFormat.of().formatHex(data, 0, 32) + "… (" + data.length + " bytes)";
  }
}
