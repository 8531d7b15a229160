package io.kadenza.host.internal.net;

import io.kadenza.host.Direction;
import io.kadenza.host.StreamException;
import io.kadenza.host.StreamException.Reason;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.negotiate.Negotiation;
import io.kadenza.host.internal.yamux.Yamux;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One stream of a [MuxedConnection]: the protocol negotiation at its start, then the way between
/// the muxer and a [StreamSink].
///
/// Owned by the connection's event loop. The methods by which others write, credit, finish and
/// reset may be called from any thread: they leave their wish and put the stream on the
/// connection's list of streams that want attention.
public final class MuxedStream {
  /// The session's own id, which is no stream's.
  static final int UNOPENED = 0;

  private final MuxedConnection connection;
  private final Direction direction;
  private final long bornNanos;
  private long lastByteNanos;

  /// Bytes on their way out. Guarded by itself.
  private final OutBuffer queue = new OutBuffer();

  private final AtomicInteger credit = new AtomicInteger();
  private final AtomicBoolean wanting = new AtomicBoolean();
  private volatile boolean nudged;
  private volatile boolean finishing;
  private volatile boolean resetting;
  private volatile @Nullable String protocol;

  private int id = UNOPENED;
  private @Nullable Negotiation negotiation;
  private @Nullable StreamSink sink;
  private boolean finSent;
  private boolean finReceived;

  /// Memory that the queue takes, as of the last look at it.
  private int queueBytes;

  /// What the connection knows that this stream holds.
  private int counted;

  private boolean over;

  private MuxedStream(MuxedConnection connection, Direction direction, Negotiation negotiation) {
    this.connection = connection;
    this.direction = direction;
    this.negotiation = negotiation;
    this.bornNanos = System.nanoTime();
    this.lastByteNanos = bornNanos;
  }

  static MuxedStream inbound(MuxedConnection connection, int id) {
    var stream =
        new MuxedStream(
            connection, Direction.INBOUND, Negotiation.listener(connection.protocols()::serves));
    stream.id = id;
    return stream;
  }

  /// A stream that the event loop will open once it is [#launch]ed, its proposal first in the
  /// queue.
  static MuxedStream outbound(MuxedConnection connection, List<String> proposals) {
    var stream = new MuxedStream(connection, Direction.OUTBOUND, Negotiation.dialer(proposals));
    if (proposals.size() == 1) {
      stream.protocol = proposals.getFirst();
    }
    return stream;
  }

  /// Sends an outbound stream on its way. Its sink is attached by then: the answer can be there
  /// before this returns.
  void launch() {
    takeNegotiationOutput();
  }

  // ---- from any thread ----

  public MuxedConnection connection() {
    return connection;
  }

  public Direction direction() {
    return direction;
  }

  /// The protocol agreed on, or proposed alone; null before.
  public @Nullable String protocol() {
    return protocol;
  }

  /// Queues bytes to be sent.
  public void write(byte[] bytes, int offset, int length) {
    synchronized (queue) {
      queue.put(bytes, offset, length);
    }
    want();
  }

  /// How many bytes wait to be sent.
  public int queued() {
    synchronized (queue) {
      return queue.size();
    }
  }

  /// Says that the sink is done with `bytes` received bytes.
  public void consumed(int bytes) {
    if (bytes > 0) {
      credit.addAndGet(bytes);
      want();
    }
  }

  /// Ends this side once the queue is sent.
  public void finish() {
    finishing = true;
    want();
  }

  /// Drops the queue and tells the peer that the stream is over.
  public void reset() {
    resetting = true;
    want();
  }

  /// Has the sink look after itself in the event loop ([StreamSink#attended]).
  void nudge() {
    nudged = true;
    want();
  }

  /// Has the event loop count anew what the stream holds.
  void recount() {
    want();
  }

  private void want() {
    if (wanting.compareAndSet(false, true)) {
      connection.attend(this);
    }
  }

  // ---- in the event loop ----

  int id() {
    return id;
  }

  void attach(StreamSink newSink) {
    sink = newSink;
  }

  /// Does what other threads have wished for.
  void attend(Yamux yamux, long nowNanos) {
    wanting.set(false);
    if (over) {
      return;
    }
    if (id == UNOPENED) {
      if (resetting) {
        end(new StreamException(Reason.CLOSED, "the stream was reset"));
        return;
      }
      id = connection.assignId(this);
      if (over) {
        return;
      }
    }
    if (resetting) {
      yamux.reset(id);
      end(new StreamException(Reason.CLOSED, "the stream was reset"));
      return;
    }
    if (nudged && sink != null) {
      nudged = false;
      sink.attended();
    }
    int done = credit.getAndSet(0);
    if (done > 0) {
      yamux.consumed(id, done, nowNanos);
    }
    if (connection.writable()) {
      pump(yamux);
    } else {
      synchronized (queue) {
        queueBytes = queue.capacity();
      }
      count();
    }
  }

  /// Moves queued bytes into the muxer as far as the peer's window and the socket allow.
  void pump(Yamux yamux) {
    if (over || id == UNOPENED || !connection.writable()) {
      return;
    }
    int sent;
    boolean empty;
    synchronized (queue) {
      sent = queue.isEmpty() ? 0 : yamux.write(id, queue.array(), queue.start(), queue.size());
      if (sent == Yamux.CLOSED) {
        sent = queue.size();
      }
      queue.drain(sent);
      queue.trim();
      queueBytes = queue.capacity();
      empty = queue.isEmpty();
    }
    if (empty && finishing && !finSent) {
      finSent = true;
      yamux.closeWrite(id);
      endIfFinished();
    }
    if (sent > 0 && sink != null) {
      sink.writable();
    }
    count();
  }

  /// Tells the connection what the stream holds, if that has changed.
  private void count() {
    int now = over ? 0 : queueBytes + (sink == null ? 0 : sink.heldBytes());
    if (now != counted) {
      connection.burden().add(now - counted);
      counted = now;
    }
  }

  /// When the peer last sent something on the stream, monotonic nanos.
  long silentSince() {
    return lastByteNanos;
  }

  void received(byte[] buffer, int offset, int length) {
    lastByteNanos = System.nanoTime();
    int at = offset;
    int left = length;
    if (negotiation != null) {
      int taken = negotiation.receive(buffer, at, left);
      at += taken;
      left -= taken;
      consumed(taken);
      settle(negotiation);
    }
    if (left > 0 && !over) {
      if (sink != null) {
        sink.data(buffer, at, left);
      } else {
        consumed(left);
      }
    }
    count();
  }

  private void settle(Negotiation talk) {
    switch (talk.state()) {
      case NEGOTIATING -> takeNegotiationOutput();
      case AGREED -> {
        takeNegotiationOutput();
        negotiation = null;
        protocol = talk.protocol();
        if (direction == Direction.INBOUND) {
          SinkFactory factory = connection.protocols().factory(talk.protocol());
          if (factory == null) {
            reset();
          } else {
            sink = factory.accept(this);
          }
        } else if (sink instanceof BlockingStream waiting) {
          waiting.agreed();
        }
      }
      case REFUSED -> {
        negotiation = null;
        fail(new StreamException(Reason.UNSUPPORTED, "the peer refused: " + talk.failure()));
      }
      case FAILED -> {
        negotiation = null;
        fail(new StreamException(Reason.MALFORMED, "negotiation failed: " + talk.failure()));
      }
    }
  }

  private void takeNegotiationOutput() {
    Negotiation talk = negotiation;
    if (talk == null) {
      return;
    }
    OutBuffer output = talk.output();
    if (output.size() > 0) {
      // Emptied before it is sent: the answer, and with it the event loop, may be here before the
      // launching thread returns from write, and must not find the proposal a second time.
      byte[] words = output.take();
      write(words, 0, words.length);
    }
  }

  void finished() {
    finReceived = true;
    if (negotiation != null) {
      negotiation = null;
      fail(new StreamException(Reason.UNSUPPORTED, "the peer closed the stream unnegotiated"));
      return;
    }
    if (sink != null) {
      sink.finished();
    }
    endIfFinished();
  }

  private void endIfFinished() {
    if (finSent && finReceived && !over) {
      over = true;
      count();
      connection.forget(this);
    }
  }

  /// Resets the stream for a reason of this side's.
  void fail(StreamException why) {
    if (over) {
      return;
    }
    if (id != UNOPENED) {
      connection.yamux().reset(id);
    }
    end(why);
  }

  /// Ends the stream, whoever wanted it.
  void end(StreamException why) {
    if (over) {
      return;
    }
    over = true;
    count();
    connection.forget(this);
    if (sink != null) {
      sink.failed(why);
    }
  }

  boolean overdue(long nowNanos, long negotiationNanos) {
    if (negotiation != null) {
      return nowNanos - bornNanos > negotiationNanos;
    }
    return sink != null && sink.overdue(nowNanos);
  }
}
