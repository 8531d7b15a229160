package io.kadenza.host.internal.net;

import io.kadenza.multiformats.Varint;

/// Finds the frame at the head of some bytes. Confined to the event loop.
final class FrameHead {
  /// What there is of the frame.
  enum Found {
    /// Not all of it yet.
    PART,
    WHOLE,
    /// Its length is no length, or longer than what is accepted.
    BROKEN
  }

  private final int maxFrame;
  private int prefix;
  private int length;

  /// @param maxFrame the longest body accepted, bytes
  FrameHead(int maxFrame) {
    this.maxFrame = maxFrame;
  }

  /// Looks at the bytes from `offset`; [#prefix] and [#length] then tell of a whole frame.
  Found find(byte[] buffer, int offset, int available) {
    prefix = prefixSize(buffer, offset, available);
    if (prefix == 0) {
      return available >= Varint.MAX_BYTES ? Found.BROKEN : Found.PART;
    }
    if (prefix > 1 && buffer[offset + prefix - 1] == 0) {
      return Found.BROKEN;
    }
    long announced = Varint.read(buffer, offset, offset + prefix);
    if (announced > maxFrame) {
      return Found.BROKEN;
    }
    length = (int) announced;
    return available - prefix < length ? Found.PART : Found.WHOLE;
  }

  /// How many bytes the length takes; 0 while its last byte is not there.
  private static int prefixSize(byte[] buffer, int offset, int available) {
    int most = Math.min(available, Varint.MAX_BYTES);
    for (int i = 0; i < most; i++) {
      if (buffer[offset + i] >= 0) {
        return i + 1;
      }
    }
    return 0;
  }

  /// The bytes before the body.
  int prefix() {
    return prefix;
  }

  /// The bytes of the body.
  int length() {
    return length;
  }

  /// Prefix and body.
  int total() {
    return prefix + length;
  }
}
