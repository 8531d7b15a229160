package io.kadenza.multiformats.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadenza.multiformats.Bytes;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/// Writes the fields of a Protocol Buffers message in the order of the calls, each varint in its
/// shortest form. The caller leaves out what equals its default. Mutable, confined to one thread;
/// [#reset] makes it ready for another message in the same memory.
public final class ProtoWriter {
  private static final int MAX_FIELD = (1 << 29) - 1;
  private static final int MAX_VARINT = 10;

  private byte[] buf;
  private int at;

  public ProtoWriter() {
    this(256);
  }

  /// A writer with room for `capacity` bytes before it grows.
  public ProtoWriter(int capacity) {
    buf = new byte[capacity];
  }

  /// A `uint64`, `int64`, `uint32`, `int32` (sign-extended) or enum field.
  public ProtoWriter varint(int field, long value) {
    tag(field, ProtoReader.VARINT);
    rawVarint(value);
    return this;
  }

  public ProtoWriter bool(int field, boolean value) {
    return varint(field, value ? 1 : 0);
  }

  public ProtoWriter fixed64(int field, long value) {
    tag(field, ProtoReader.FIXED64);
    littleEndian(value, 8);
    return this;
  }

  public ProtoWriter fixed32(int field, int value) {
    tag(field, ProtoReader.FIXED32);
    littleEndian(value, 4);
    return this;
  }

  public ProtoWriter bytes(int field, byte[] value) {
    return bytes(field, value, 0, value.length);
  }

  public ProtoWriter bytes(int field, byte[] value, int off, int len) {
    Objects.checkFromIndexSize(off, len, value.length);
    length(field, len);
    return raw(value, off, len);
  }

  public ProtoWriter bytes(int field, Bytes value) {
    length(field, value.size());
    ensure(value.size());
    value.copyTo(buf, at);
    at += value.size();
    return this;
  }

  public ProtoWriter utf8(int field, String value) {
    return bytes(field, value.getBytes(UTF_8));
  }

  /// A nested message, whose fields `body` writes to this same writer. Its length goes before it
  /// afterwards: one byte is kept for that, and only a message of 128 bytes or more is moved to
  /// make room.
  public ProtoWriter message(int field, Consumer<ProtoWriter> body) {
    tag(field, ProtoReader.LENGTH_DELIMITED);
    ensure(1);
    int start = ++at;
    body.accept(this);
    int length = at - start;
    int extra = varintSize(length) - 1;
    if (extra > 0) {
      ensure(extra);
      System.arraycopy(buf, start, buf, start + extra, length);
    }
    at = start - 1;
    rawVarint(length);
    at += length;
    return this;
  }

  /// A nested message that another writer holds already.
  public ProtoWriter message(int field, ProtoWriter body) {
    return bytes(field, body.buf, 0, body.at);
  }

  /// Bytes that are fields already, encoded elsewhere.
  public ProtoWriter raw(byte[] encoded, int off, int len) {
    Objects.checkFromIndexSize(off, len, encoded.length);
    ensure(len);
    System.arraycopy(encoded, off, buf, at, len);
    at += len;
    return this;
  }

  /// Bytes that are fields already, encoded elsewhere.
  public ProtoWriter raw(Bytes encoded) {
    ensure(encoded.size());
    encoded.copyTo(buf, at);
    at += encoded.size();
    return this;
  }

  /// The bytes written since creation or [#reset].
  public int size() {
    return at;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buf, at);
  }

  /// The message as a value.
  public Bytes toBytes() {
    return Bytes.wrap(toByteArray());
  }

  /// Copies the message to `dst` at `off`.
  public void copyTo(byte[] dst, int off) {
    System.arraycopy(buf, 0, dst, off, at);
  }

  /// Forgets what was written and keeps the memory.
  public ProtoWriter reset() {
    at = 0;
    return this;
  }

  private void length(int field, int length) {
    tag(field, ProtoReader.LENGTH_DELIMITED);
    rawVarint(length);
  }

  private void tag(int field, int wireType) {
    if (field < 1 || field > MAX_FIELD) {
      throw new IllegalArgumentException("a field number is 1.." + MAX_FIELD + ", not " + field);
    }
    rawVarint((long) field << 3 | wireType);
  }

  private void rawVarint(long value) {
    ensure(MAX_VARINT);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buf[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buf[at++] = (byte) rest;
  }

  private static int varintSize(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  private void littleEndian(long value, int bytes) {
    ensure(bytes);
    for (int i = 0; i < bytes; i++) {
      buf[at++] = (byte) (value >>> (8 * i));
    }
  }

  private void ensure(int more) {
    int needed = Math.addExact(at, more);
    if (needed > buf.length) {
      buf =
          Arrays.copyOf(
              buf, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * buf.length)));
    }
  }
}
