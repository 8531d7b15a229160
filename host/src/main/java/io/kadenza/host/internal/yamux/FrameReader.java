package io.kadenza.host.internal.yamux;

/// Cuts the incoming bytes into frames, wherever they were cut before: headers are gathered,
/// payload is passed on as it comes. Owned by one [Yamux].
final class FrameReader {

  /// What the frames are told to.
  interface Frames {

    /// A whole header, with `first` holding version, type and flags. Returns how many payload bytes
    /// follow.
    long header(int first, int stream, int length);

    /// Part of the payload announced by the last header; `last` when nothing of it is left.
    void payload(byte[] buf, int off, int len, boolean last);
  }

  private final byte[] partial = new byte[Header.BYTES];
  private int gathered;
  private long payloadLeft;

  void read(byte[] buf, int off, int len, Frames frames) {
    int at = off;
    int end = off + len;
    while (at < end) {
      if (payloadLeft > 0) {
        int piece = (int) Math.min(payloadLeft, end - at);
        payloadLeft -= piece;
        frames.payload(buf, at, piece, payloadLeft == 0);
        at += piece;
      } else if (gathered == 0 && end - at >= Header.BYTES) {
        header(buf, at, frames);
        at += Header.BYTES;
      } else {
        int piece = Math.min(Header.BYTES - gathered, end - at);
        System.arraycopy(buf, at, partial, gathered, piece);
        gathered += piece;
        at += piece;
        if (gathered == Header.BYTES) {
          gathered = 0;
          header(partial, 0, frames);
        }
      }
    }
  }

  private void header(byte[] buf, int off, Frames frames) {
    payloadLeft = frames.header(int32(buf, off), int32(buf, off + 4), int32(buf, off + 8));
  }

  private static int int32(byte[] buf, int off) {
    return (buf[off] << 24)
        | ((buf[off + 1] & 0xff) << 16)
        | ((buf[off + 2] & 0xff) << 8)
        | (buf[off + 3] & 0xff);
  }
}
