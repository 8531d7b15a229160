package io.kadenza.multiformats.wire;

import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Varint;
import java.util.ArrayDeque;
import java.util.Objects;

/// Cuts a byte stream, fed in chunks as they arrive, into length-prefixed frames.
///
/// A length is refused as soon as it is known to pass the bound, and never believed before its
/// bytes come: while a frame is incomplete the memory held is the bytes received of it plus less
/// than [#SEGMENT_BYTES]; only a complete frame is joined. A frame that lies whole in a chunk is
/// not copied at all. Confined to the stream's owner.
public final class FrameDecoder {
  /// Small chunks are gathered in segments of this size.
  static final int SEGMENT_BYTES = 8 * 1024;

  /// Takes one frame. The view is valid during the call only; the array must not be written to, and
  /// the decoder not be fed from here. If this throws, the rest of the chunk is lost.
  @FunctionalInterface
  public interface Sink {
    void frame(byte[] buf, int off, int len);
  }

  private final int max;
  private final Varint.Decoder prefix = new Varint.Decoder();

  /// The received part of an incomplete body. All segments but the last are full.
  private final ArrayDeque<byte[]> segments = new ArrayDeque<>();

  /// The length of the body being received, -1 while its prefix is.
  private int length = -1;

  private int received;
  private int lastFill;
  private boolean failed;

  /// A decoder of frames whose bodies have at most `max` bytes.
  public FrameDecoder(int max) {
    if (max < 0) {
      throw new IllegalArgumentException("a bound is not negative: " + max);
    }
    this.max = max;
  }

  /// Takes the next chunk and hands every frame it completes to `sink`. After a
  /// [MalformedException] the stream has lost its frame boundaries, and every further call fails.
  public void feed(byte[] buf, int off, int len, Sink sink) {
    Objects.checkFromIndexSize(off, len, buf.length);
    if (failed) {
      throw MalformedException.onWire("the stream was malformed before");
    }
    int at = off;
    int end = off + len;
    while (at < end || length == 0) {
      if (length < 0) {
        readPrefix(buf[at++]);
      } else if (received == 0 && length <= end - at) {
        int size = length;
        length = -1;
        at += size;
        sink.frame(buf, at - size, size);
      } else {
        at += gather(buf, at, end - at);
        if (received == length) {
          byte[] body = join();
          sink.frame(body, 0, body.length);
        }
      }
    }
  }

  /// Whether the stream could end here: no frame is partly received.
  public boolean isAtBoundary() {
    return length < 0 && !prefix.isPartial();
  }

  private void readPrefix(byte b) {
    try {
      if (prefix.feed(b)) {
        if (prefix.value() > max) {
          throw MalformedException.onWire(
              "frame of " + prefix.value() + " bytes; at most " + max + " are read");
        }
        length = (int) prefix.value();
      }
    } catch (MalformedException e) {
      failed = true;
      throw e;
    }
  }

  /// Takes some of the available bytes into the last segment, or into a new one no larger than what
  /// is available now or [#SEGMENT_BYTES]; returns how many.
  private int gather(byte[] buf, int at, int available) {
    byte[] last = segments.peekLast();
    if (last == null || lastFill == last.length) {
      last = new byte[Math.min(length - received, Math.max(available, SEGMENT_BYTES))];
      segments.addLast(last);
      lastFill = 0;
    }
    int count = Math.min(available, last.length - lastFill);
    System.arraycopy(buf, at, last, lastFill, count);
    lastFill += count;
    received += count;
    return count;
  }

  /// The complete body, with the decoder ready for the next prefix.
  private byte[] join() {
    byte[] body = segments.removeFirst();
    if (body.length < length) {
      byte[] whole = new byte[length];
      int at = 0;
      for (byte[] segment = body; segment != null; segment = segments.pollFirst()) {
        System.arraycopy(segment, 0, whole, at, segment.length);
        at += segment.length;
      }
      body = whole;
    }
    length = -1;
    received = 0;
    return body;
  }
}
