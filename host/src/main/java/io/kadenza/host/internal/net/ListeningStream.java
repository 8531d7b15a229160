package io.kadenza.host.internal.net;

import io.kadenza.host.FrameListener;
import io.kadenza.host.FrameStream;
import io.kadenza.host.StreamException;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.multiformats.wire.LengthPrefixed;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts what arrives on a stream into frames for a [FrameListener]. Bytes are credited as they
/// arrive: the listener takes whatever it has asked for, and a frame is bounded.
final class ListeningStream implements FrameStream, StreamSink {
  private static final Logger LOG = LoggerFactory.getLogger(ListeningStream.class);

  private final MuxedStream stream;
  private final FrameListener listener;
  private final FrameHead head;
  private final OutBuffer waiting = new OutBuffer();
  private boolean idle;
  private boolean over;
  private volatile long lastUseNanos = System.nanoTime();

  ListeningStream(MuxedStream stream, int maxFrame, FrameListener listener) {
    this.stream = stream;
    this.head = new FrameHead(maxFrame);
    this.listener = Objects.requireNonNull(listener);
  }

  // ---- in the event loop ----

  @Override
  public void data(byte[] buffer, int offset, int length) {
    stream.consumed(length);
    lastUseNanos = System.nanoTime();
    if (waiting.isEmpty()) {
      int taken = take(buffer, offset, length);
      waiting.put(buffer, offset + taken, length - taken);
    } else {
      waiting.put(buffer, offset, length);
      waiting.drain(take(waiting.array(), waiting.start(), waiting.size()));
      waiting.trim();
    }
  }

  /// Hands over the whole frames there are and returns their bytes.
  private int take(byte[] buffer, int offset, int available) {
    int taken = 0;
    while (!over && taken < available) {
      switch (head.find(buffer, offset + taken, available - taken)) {
        case PART -> {
          return taken;
        }
        case BROKEN -> {
          stream.fail(
              new StreamException(
                  StreamException.Reason.MALFORMED, "the peer sent a frame that is too long"));
          return taken;
        }
        case WHOLE -> {
          int at = offset + taken + head.prefix();
          taken += head.total();
          int length = head.length();
          tell(() -> listener.frame(buffer, at, length));
        }
      }
    }
    return taken;
  }

  @Override
  public void finished() {
    if (waiting.isEmpty()) {
      tell(listener::finished);
    } else {
      stream.fail(
          new StreamException(StreamException.Reason.MALFORMED, "the peer finished in mid-frame"));
    }
  }

  @Override
  public void failed(StreamException why) {
    over = true;
    waiting.clear();
    tell(() -> listener.failed(why));
  }

  @Override
  public void writable() {
    tell(listener::writable);
  }

  @Override
  public int heldBytes() {
    return waiting.capacity();
  }

  @Override
  public boolean overdue(long nowNanos) {
    var limits = stream.connection().limits();
    // Earlier than the peer's patience ends, lest it closes just when something is asked.
    long patience = limits.streamIdle().toNanos() / 4 * 3;
    long silence = nowNanos - lastUseNanos;
    if (silence > patience && !idle) {
      idle = true;
      tell(listener::finished);
      stream.finish();
    }
    return silence > patience + limits.streamTimeout().toNanos();
  }

  /// Tells the listener. One that throws loses its stream, and not the connection with all that
  /// others do on it.
  private void tell(Runnable news) {
    try {
      news.run();
    } catch (Exception | AssertionError | LinkageError bug) {
      LOG.debug("a listener to {} failed", stream.protocol(), bug);
      over = true;
      stream.reset();
    }
  }

  // ---- from any thread ----

  @Override
  public void send(byte[] body) {
    byte[] frame = LengthPrefixed.frame(body);
    sendFramed(frame, 0, frame.length);
  }

  @Override
  public void sendFramed(byte[] frames, int offset, int length) {
    lastUseNanos = System.nanoTime();
    stream.write(frames, offset, length);
  }

  @Override
  public int queued() {
    return stream.queued();
  }

  @Override
  public void finish() {
    stream.finish();
  }

  @Override
  public void reset() {
    stream.reset();
  }
}
