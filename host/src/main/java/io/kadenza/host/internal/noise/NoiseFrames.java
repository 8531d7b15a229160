package io.kadenza.host.internal.noise;

import java.util.Arrays;

/// Cuts the incoming bytes into Noise messages: 16 bits of length, big endian, then as many bytes.
/// Owned by one handshake or session.
///
/// A message that is whole in the caller's array stays there; of one that is cut, what has arrived
/// is gathered in a buffer that grows with the bytes received, never with the length announced, and
/// is given back as soon as nothing is left in it.
final class NoiseFrames {

  private static final int PREFIX = 2;
  private static final int FIRST_CAPACITY = 256;
  private static final byte[] NOTHING = {};

  private byte[] partial = NOTHING;

  /// Bytes of the current message seen, its prefix included.
  private int seen;

  private int length;
  private boolean ready;
  private byte[] array = NOTHING;
  private int offset;

  /// Takes bytes up to the end of the current message; returns how many. Then see [#ready()].
  int read(byte[] buf, int off, int len) {
    int at = off;
    int end = off + len;
    ready = false;
    while (seen < PREFIX && at < end) {
      length = (length << 8 | (buf[at++] & 0xff)) & 0xffff;
      seen++;
    }
    if (seen >= PREFIX) {
      at += body(buf, at, end - at);
    }
    return at - off;
  }

  /// Whether the last [#read] completed a message: [#length()] bytes at [#offset()] of [#array()],
  /// valid until the next read, and free to be decrypted in place.
  boolean ready() {
    return ready;
  }

  /// The length of the current message, as far as [#lengthKnown()].
  int length() {
    return length;
  }

  boolean lengthKnown() {
    return seen >= PREFIX || ready;
  }

  byte[] array() {
    return array;
  }

  int offset() {
    return offset;
  }

  /// Bytes of memory held for a message that was cut.
  int held() {
    return partial.length;
  }

  /// Gives the buffer back unless part of a message is in it. To be called when a batch is through.
  void release() {
    array = NOTHING;
    if (seen <= PREFIX) {
      partial = NOTHING;
    }
  }

  private int body(byte[] buf, int off, int len) {
    int gathered = seen - PREFIX;
    int piece = Math.min(length - gathered, len);
    if (piece == length) {
      complete(buf, off);
      return piece;
    }
    if (piece > 0) {
      gather(buf, off, piece, gathered);
    }
    if (gathered + piece == length) {
      complete(partial, 0);
    }
    return piece;
  }

  private void gather(byte[] buf, int off, int piece, int gathered) {
    int wanted = gathered + piece;
    if (wanted > partial.length) {
      int doubled = Math.max(FIRST_CAPACITY, 2 * partial.length);
      partial = Arrays.copyOf(partial, Math.min(length, Math.max(wanted, doubled)));
    }
    System.arraycopy(buf, off, partial, gathered, piece);
    seen += piece;
  }

  private void complete(byte[] buf, int off) {
    array = buf;
    offset = off;
    ready = true;
    seen = 0;
  }
}
