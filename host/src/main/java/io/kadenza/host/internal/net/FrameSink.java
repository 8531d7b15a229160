package io.kadenza.host.internal.net;

import io.kadenza.host.FrameHandler;
import io.kadenza.host.StreamException;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.multiformats.Varint;
import java.util.concurrent.atomic.AtomicBoolean;

/// Cuts a stream into length-prefixed requests and hands them to a [FrameHandler], one at a time.
///
/// Bytes are credited to the peer as their frames are handed over, so one that sends without
/// waiting is held by its window: while a request is at work, or while answers wait unread.
final class FrameSink implements StreamSink {
  /// Nine bytes of varint at most: lengths of 2^63 and more do not exist.
  private static final int LENGTH_BYTES_MAX = 9;

  private static final int NEEDS_MORE = -1;
  private static final int BROKEN = -2;

  private final MuxedStream stream;
  private final FrameHandler handler;
  private final int maxFrame;

  private final OutBuffer waiting = new OutBuffer();
  private boolean busy;
  private boolean draining;
  private boolean remoteFinished;
  private boolean over;
  private long lastByteNanos = System.nanoTime();

  FrameSink(MuxedStream stream, FrameHandler handler, int maxFrame) {
    this.stream = stream;
    this.handler = handler;
    this.maxFrame = maxFrame;
  }

  @Override
  public void data(byte[] buffer, int offset, int length) {
    if (over) {
      stream.consumed(length);
      return;
    }
    lastByteNanos = System.nanoTime();
    int at = offset;
    int end = offset + length;
    if (waiting.isEmpty()) {
      // The usual case: whole requests in one piece, used where they lie.
      while (at < end && !held()) {
        int taken = handOver(buffer, at, end - at);
        if (taken <= 0) {
          break;
        }
        at += taken;
      }
      stream.consumed(at - offset);
    }
    if (at < end && !over) {
      waiting.put(buffer, at, end - at);
    }
    drain();
  }

  /// Hands over what waits, unless a request is at work or the peer does not read its answers.
  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    while (!waiting.isEmpty() && !held()) {
      int taken = handOver(waiting.array(), waiting.start(), waiting.size());
      if (taken <= 0) {
        break;
      }
      waiting.drain(taken);
      stream.consumed(taken);
    }
    draining = false;
    if (remoteFinished && !busy && !over) {
      over = true;
      if (waiting.isEmpty()) {
        stream.finish();
      } else {
        stream.reset();
      }
    }
  }

  private boolean held() {
    return busy || over || stream.queued() > stream.connection().limits().sendBuffer();
  }

  /// Hands over one request if it is there whole.
  ///
  /// @return how many bytes it took, or 0 when it is not all there, or the stream was broken
  private int handOver(byte[] buffer, int offset, int available) {
    int prefix = prefixSize(buffer, offset, available);
    if (prefix == NEEDS_MORE) {
      return 0;
    }
    long length = prefix == BROKEN ? Long.MAX_VALUE : Varint.read(buffer, offset, offset + prefix);
    if (length > maxFrame) {
      over = true;
      stream.reset();
      return 0;
    }
    if (available - prefix < length) {
      return 0;
    }
    busy = true;
    handler.request(stream.connection(), buffer, offset + prefix, (int) length, new Answer());
    return prefix + (int) length;
  }

  private static int prefixSize(byte[] buffer, int offset, int available) {
    for (int i = 0; i < available; i++) {
      if (i == LENGTH_BYTES_MAX) {
        return BROKEN;
      }
      if (buffer[offset + i] >= 0) {
        return i > 0 && buffer[offset + i] == 0 ? BROKEN : i + 1;
      }
    }
    return available >= LENGTH_BYTES_MAX ? BROKEN : NEEDS_MORE;
  }

  @Override
  public void finished() {
    remoteFinished = true;
    drain();
  }

  @Override
  public void failed(StreamException why) {
    over = true;
    waiting.clear();
  }

  @Override
  public void writable() {
    if (!waiting.isEmpty()) {
      drain();
    }
  }

  @Override
  public boolean overdue(long nowNanos) {
    if (busy) {
      return false;
    }
    var limits = stream.connection().limits();
    var patience = waiting.isEmpty() ? limits.streamIdle() : limits.streamTimeout();
    return nowNanos - lastByteNanos > patience.toNanos();
  }

  private void answered() {
    busy = false;
    drain();
  }

  /// The way back of one request; used from any thread, effective once.
  private final class Answer implements FrameHandler.Exchange {
    private final AtomicBoolean used = new AtomicBoolean();
    private final Thread loop = Thread.currentThread();

    @Override
    public void reply(byte[] body) {
      if (used.compareAndSet(false, true)) {
        byte[] prefix = new byte[LENGTH_BYTES_MAX];
        int size = Varint.put(prefix, 0, body.length);
        stream.write(prefix, 0, size);
        stream.write(body, 0, body.length);
        goOn();
      }
    }

    @Override
    public void done() {
      if (used.compareAndSet(false, true)) {
        goOn();
      }
    }

    @Override
    public void refuse() {
      if (used.compareAndSet(false, true)) {
        stream.reset();
      }
    }

    private void goOn() {
      if (Thread.currentThread() == loop) {
        answered();
      } else {
        stream.connection().inLoop(FrameSink.this::answered);
      }
    }
  }
}
