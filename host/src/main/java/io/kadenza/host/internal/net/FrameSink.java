package io.kadenza.host.internal.net;

import io.kadenza.host.FrameHandler;
import io.kadenza.host.FrameLimits;
import io.kadenza.host.StreamException;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.multiformats.Varint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts a stream into length-prefixed requests and hands them to a [FrameHandler], a few at a time.
///
/// Bytes are credited to the peer as their frames are handed over, so one that sends without
/// waiting is held by its window: while enough requests are at work, while one is postponed, or
/// while answers wait unread.
final class FrameSink implements StreamSink {
  private static final Logger LOG = LoggerFactory.getLogger(FrameSink.class);

  /// Bytes of requests at work beyond which no further one is handed over: several large ones at
  /// once would get round the window.
  private static final int AT_WORK_BYTES = 64 << 10;

  /// What [#handOver] takes of a request that is not all there, or broke the stream.
  private static final int NOTHING = 0;

  /// What it takes of one that was postponed, and may be wanted again by now.
  private static final int PUT_BACK = -1;

  private final MuxedStream stream;
  private final FrameHandler handler;
  private final int maxPipelined;
  private final FrameHead head;

  private final OutBuffer waiting = new OutBuffer();

  /// The requests at work, in the order of their arrival.
  private final Deque<Answer> atWork = new ArrayDeque<>(2);

  private int atWorkBytes;

  /// Bytes of the unfinished frame that have been credited already, since it is longer than the
  /// window.
  private int advanced;

  private boolean draining;
  private boolean remoteFinished;
  private boolean over;
  private long lastByteNanos = System.nanoTime();

  /// The request at the head waits until its handler wants it again.
  private volatile boolean postponed;

  /// The stream is about to be reset.
  private volatile boolean refused;

  FrameSink(MuxedStream stream, FrameHandler handler, FrameLimits granted) {
    this.stream = stream;
    this.handler = handler;
    this.maxPipelined = granted.maxPipelined();
    this.head = new FrameHead(granted.maxFrame());
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

  /// Hands over what waits, as far as it is not [#held].
  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    int taken = 1;
    while (taken > 0 && !waiting.isEmpty() && !held()) {
      taken = handOver(waiting.array(), waiting.start(), waiting.size());
      if (taken > 0) {
        waiting.drain(taken);
        stream.consumed(taken - takeBack());
      }
    }
    draining = false;
    waiting.trim();
    boolean part = taken == NOTHING && !held();
    if (part) {
      advance();
    }
    if (remoteFinished && atWork.isEmpty()) {
      if (waiting.isEmpty() && !over) {
        over = true;
        stream.finish();
      } else if (part) {
        over = true;
        stream.reset();
      }
    }
  }

  /// Lets a frame grow beyond the window: what is there of it is credited, within what all streams
  /// of the connection may hold.
  private void advance() {
    int more = waiting.size() - advanced;
    if (waiting.size() > AT_WORK_BYTES && more > 0) {
      int granted = stream.connection().openStreams().lend(more);
      advanced += granted;
      stream.consumed(granted);
    }
  }

  private int takeBack() {
    int returned = advanced;
    stream.connection().openStreams().giveBack(returned);
    advanced = 0;
    return returned;
  }

  private boolean held() {
    return over
        || refused
        || postponed
        || atWork.size() >= maxPipelined
        || atWorkBytes >= AT_WORK_BYTES
        || stream.queued() > stream.connection().limits().sendBuffer();
  }

  /// Hands over one request if it is there whole.
  ///
  /// @return how many bytes it took, [#NOTHING] or [#PUT_BACK]
  private int handOver(byte[] buffer, int offset, int available) {
    return switch (head.find(buffer, offset, available)) {
      case PART -> NOTHING;
      case BROKEN -> {
        over = true;
        stream.reset();
        yield NOTHING;
      }
      case WHOLE -> {
        int total = head.total();
        var answer = new Answer(total);
        atWork.add(answer);
        atWorkBytes += total;
        if (!ask(buffer, offset + head.prefix(), head.length(), answer)) {
          yield NOTHING;
        }
        yield answer.putBack ? PUT_BACK : total;
      }
    };
  }

  /// Hands a request to its handler. One that throws loses the stream, as a blocking one does, and
  /// not the connection with all that others do on it.
  ///
  /// @return false if the stream is over
  private boolean ask(byte[] buffer, int offset, int length, Answer answer) {
    try {
      handler.request(stream.connection(), buffer, offset, length, answer);
      return true;
    } catch (Exception | AssertionError | LinkageError bug) {
      LOG.debug("a handler of {} failed", stream.protocol(), bug);
      over = true;
      stream.reset();
      return false;
    }
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
    takeBack();
  }

  @Override
  public void writable() {
    if (!waiting.isEmpty()) {
      drain();
    }
  }

  /// Requests have been answered, or a postponed one may be handed over.
  @Override
  public void attended() {
    settle();
    drain();
  }

  /// Sends the answers that are ready and have no other before them.
  @SuppressWarnings("ReferenceEquality") // NONE is a mark; an answer may well be empty.
  private void settle() {
    for (Answer first = atWork.peek(); first != null; first = atWork.peek()) {
      byte[] body = first.result.get();
      if (body == null) {
        return;
      }
      atWork.remove();
      atWorkBytes -= first.bytes;
      if (body != Answer.NONE) {
        send(body);
      }
    }
  }

  private void send(byte[] body) {
    byte[] prefix = new byte[Varint.MAX_BYTES];
    int size = Varint.put(prefix, 0, body.length);
    stream.write(prefix, 0, size);
    stream.write(body, 0, body.length);
  }

  @Override
  public int heldBytes() {
    return waiting.capacity() + atWorkBytes;
  }

  @Override
  public boolean overdue(long nowNanos) {
    if (!atWork.isEmpty() || postponed) {
      return false;
    }
    var limits = stream.connection().limits();
    var patience = waiting.isEmpty() ? limits.streamIdle() : limits.streamTimeout();
    return nowNanos - lastByteNanos > patience.toNanos();
  }

  /// The way back of one request; used from any thread, effective once. Holds the answer until it
  /// is its turn.
  private final class Answer implements FrameHandler.Exchange {
    /// There is no answer to send.
    private static final byte[] NONE = {};

    private final AtomicReference<byte @Nullable []> result = new AtomicReference<>();
    private final Thread loop = Thread.currentThread();
    private final int bytes;
    private boolean putBack;

    Answer(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public void reply(byte[] body) {
      settled(Objects.requireNonNull(body));
    }

    @Override
    public void done() {
      settled(NONE);
    }

    private void settled(byte[] body) {
      if (!result.compareAndSet(null, body)) {
        return;
      }
      if (Thread.currentThread() == loop) {
        attended();
      } else {
        stream.nudge();
      }
    }

    @Override
    public void refuse() {
      if (result.compareAndSet(null, NONE)) {
        refused = true;
        stream.reset();
      }
    }

    @Override
    public Runnable postpone() {
      if (atWork.peekLast() != this || !result.compareAndSet(null, NONE)) {
        throw new IllegalStateException("only a request that is being handed over is postponed");
      }
      atWork.removeLast();
      atWorkBytes -= bytes;
      putBack = true;
      postponed = true;
      return () -> {
        postponed = false;
        stream.nudge();
      };
    }
  }
}
