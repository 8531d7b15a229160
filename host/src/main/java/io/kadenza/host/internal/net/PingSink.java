package io.kadenza.host.internal.net;

import io.kadenza.host.Ping;
import io.kadenza.host.StreamException;

/// Echoes pings, 32 bytes at a time, straight from the event loop.
public final class PingSink implements StreamSink {
  /// One to measure with and one left over from before: nobody needs more.
  private static final int STREAMS_MAX = 2;

  private final MuxedStream stream;
  private final byte[] partial = new byte[Ping.SIZE];
  private int have;
  private boolean pinged;
  private long lastByteNanos = System.nanoTime();

  public PingSink(MuxedStream stream) {
    this.stream = stream;
  }

  @Override
  public void data(byte[] buffer, int offset, int length) {
    lastByteNanos = System.nanoTime();
    if (!pinged) {
      pinged = true;
      // Not when it opens: js opens one for each ping it is asked for before it notices that it
      // grants itself one alone, and those without a ping would push that one out.
      stream.connection().limit(stream, STREAMS_MAX);
    }
    if (stream.queued() > Ping.SIZE * 1_024) {
      // It pings and does not read: its own window would hold it much later.
      stream.reset();
      return;
    }
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int n = Math.min(Ping.SIZE - have, end - at);
      System.arraycopy(buffer, at, partial, have, n);
      have += n;
      at += n;
      if (have == Ping.SIZE) {
        stream.write(partial, 0, Ping.SIZE);
        have = 0;
      }
    }
    stream.consumed(length);
  }

  @Override
  public void finished() {
    if (have > 0) {
      stream.reset();
    } else {
      stream.finish();
    }
  }

  @Override
  public void failed(StreamException why) {}

  @Override
  public boolean overdue(long nowNanos) {
    return nowNanos - lastByteNanos > stream.connection().limits().streamIdle().toNanos();
  }
}
