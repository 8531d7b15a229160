package io.kadenza.multiformats.wire;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// Reads the fields of one Protocol Buffers message, one after another, straight from an array:
///
/// ```java
/// while (in.next()) {
///   switch (in.field()) {
///     case 1 -> type = in.int32();
///     case 2 -> key = in.bytes(MAX_KEY);
///     default -> in.skip();
///   }
/// }
/// ```
///
/// It allocates nothing but the values asked for, each bounded by the bytes present and by the
/// caller's `max`; unknown fields are skipped and forgotten; nesting costs no stack. Groups,
/// deprecated in every version of protobuf and in no libp2p message, are refused. Every fault of
/// the message, a field of another wire type than the accessor's included, is a
/// [MalformedException]. How often a field may occur is for the caller to bound; of a singular one
/// the last occurrence counts.
///
/// The array must not change while it is being read. Confined to one thread.
public final class ProtoReader {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int LENGTH_DELIMITED = 2;
  public static final int FIXED32 = 5;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Field numbers have 29 bits.
  private static final long MAX_TAG = 0xffff_ffffL;

  private final byte[] buf;
  private final int end;
  private int at;
  private int tag;

  /// Whether the current field's value has yet to be read or skipped.
  private boolean pending;

  public ProtoReader(byte[] message) {
    this(message, 0, message.length);
  }

  /// Reads the message in `len` bytes at `off`, in place.
  public ProtoReader(byte[] buf, int off, int len) {
    Objects.checkFromIndexSize(off, len, buf.length);
    this.buf = buf;
    this.at = off;
    this.end = off + len;
  }

  /// Moves to the next field; false at the end. A value that was not read is skipped.
  public boolean next() {
    if (pending) {
      skip();
    }
    if (at == end) {
      return false;
    }
    long next = rawVarint();
    if (next < 8 || next > MAX_TAG) {
      throw MalformedException.onWire("protobuf field number out of range");
    }
    tag = (int) next;
    int type = wireType();
    if (type != VARINT && type != FIXED64 && type != LENGTH_DELIMITED && type != FIXED32) {
      throw malformed("has wire type " + type + ", which is a group or nothing");
    }
    pending = true;
    return true;
  }

  /// How many bytes have not been read.
  public int left() {
    return end - at;
  }

  /// Eight of the bytes that are left, from the `skip`th on, as a number.
  ///
  /// @throws IndexOutOfBoundsException if there are fewer
  public long peek(int skip) {
    Objects.checkFromIndexSize(skip, Long.BYTES, left());
    return (long) LONGS.get(buf, at + skip);
  }

  /// Whether just these bytes are left.
  public boolean hasLeft(byte[] bytes) {
    return Arrays.equals(buf, at, end, bytes, 0, bytes.length);
  }

  /// A copy of the bytes that are left.
  public byte[] copyOfLeft() {
    return Arrays.copyOfRange(buf, at, end);
  }

  /// The number of the current field.
  public int field() {
    return tag >>> 3;
  }

  /// The wire type of the current field.
  public int wireType() {
    return tag & 7;
  }

  /// The value of a varint field: `uint64`, or the bits of an `int64`.
  public long varint() {
    expect(VARINT);
    return rawVarint();
  }

  /// The value of an `int32` or enum field; out of range is malformed, not truncated.
  public int int32() {
    long value = varint();
    if (value != (int) value) {
      throw malformed("holds a number beyond 32 bits");
    }
    return (int) value;
  }

  public boolean bool() {
    return varint() != 0;
  }

  /// The value of a `fixed64`, `sfixed64` or (by its bits) `double` field.
  public long fixed64() {
    expect(FIXED64);
    return littleEndian(8);
  }

  /// The value of a `fixed32`, `sfixed32` or (by its bits) `float` field.
  public int fixed32() {
    expect(FIXED32);
    return (int) littleEndian(4);
  }

  /// A copy of the value of a `bytes` field of at most `max` bytes.
  public byte[] bytes(int max) {
    int from = enter(max);
    return Arrays.copyOfRange(buf, from, at);
  }

  /// A copy, as a value, of a `bytes` field of at most `max` bytes.
  public Bytes value(int max) {
    return Bytes.wrap(bytes(max));
  }

  /// A read-only view of a `bytes` field of at most `max` bytes.
  public ByteBuffer slice(int max) {
    int from = enter(max);
    return ByteBuffer.wrap(buf, from, at - from).slice().asReadOnlyBuffer();
  }

  /// A reader of a nested message of at most `max` bytes, in place.
  public ProtoReader message(int max) {
    int from = enter(max);
    return new ProtoReader(buf, from, at - from);
  }

  /// The value of a `string` field of at most `max` bytes. Ill-formed UTF-8 is malformed, as in
  /// proto3: what is accepted can be sent on unchanged. Text that need not be UTF-8 is read with
  /// [#bytes].
  public String utf8(int max) {
    int from = enter(max);
    return Utf8.decode(buf, from, at - from);
  }

  /// Passes over the value of the current field.
  public void skip() {
    switch (wireType()) {
      case VARINT -> varint();
      case FIXED64 -> fixed64();
      case FIXED32 -> fixed32();
      default -> enter(Integer.MAX_VALUE);
    }
  }

  /// Enters a length-delimited value: returns where it starts, and moves behind it.
  private int enter(int max) {
    expect(LENGTH_DELIMITED);
    long length = rawVarint();
    if (length < 0 || length > end - at) {
      throw malformed("is longer than the message");
    }
    if (length > max) {
      throw malformed("has " + length + " bytes; at most " + max + " are read");
    }
    int from = at;
    at += (int) length;
    return from;
  }

  private void expect(int type) {
    if (!pending) {
      throw new IllegalStateException("call next() first; a value is read once");
    }
    if (wireType() != type) {
      throw malformed("has wire type " + wireType() + ", expected " + type);
    }
    pending = false;
  }

  /// Protobuf's varint: up to ten bytes, 64 bits. Unlike multiformats' it need not be minimal,
  /// since encoders that reserve room for a length leave it padded.
  private long rawVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw MalformedException.onWire("protobuf message ends inside a varint");
      }
      byte b = buf[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        if (shift == 63 && b > 1) {
          break;
        }
        return value;
      }
    }
    throw MalformedException.onWire("protobuf varint is longer than 64 bits");
  }

  private long littleEndian(int bytes) {
    if (bytes > end - at) {
      throw malformed("is longer than the message");
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (buf[at++] & 0xffL) << (8 * i);
    }
    return value;
  }

  private MalformedException malformed(String fault) {
    return MalformedException.onWire("protobuf field " + field() + " " + fault);
  }
}
