package io.kadenza.host.internal.net;

import io.kadenza.host.Connection;
import io.kadenza.host.Direction;
import io.kadenza.host.Limits;
import io.kadenza.host.Stream;
import io.kadenza.host.StreamException;
import io.kadenza.host.StreamException.Reason;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Varint;
import io.kadenza.multiformats.wire.LengthPrefixed;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A stream for blocking code: the event loop puts received bytes into a buffer that the reading
/// thread empties. The buffer is bounded by the receive window, since bytes are credited only when
/// they are read.
final class BlockingStream implements Stream, StreamSink {
  /// What a closed stream still swallows, so that a peer in mid-answer is not reset for it.
  private static final int DISCARD_LIMIT = 1024 * 1024;

  /// A frame's body grows in steps of this size as it arrives: memory follows what was received.
  private static final int FRAME_STEP = 8 * 1024;

  private final MuxedStream stream;
  private final Limits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All guarded by the lock.
  private final OutBuffer received = new OutBuffer();
  private boolean remoteFinished;
  private boolean writeClosed;
  private boolean closed;
  private boolean agreed;
  private int discarded;
  private long closedNanos;
  private long timeoutNanos;
  private @Nullable StreamException failure;

  /// Memory that the received bytes take; written under the lock.
  private volatile int receivedBytes;

  /// Memory that the part of a frame takes that has been read; written by the reader.
  private volatile int frameBytes;

  BlockingStream(MuxedStream stream, Limits limits) {
    this.stream = stream;
    this.limits = limits;
    this.timeoutNanos = limits.streamTimeout().toNanos();
  }

  // ---- the event loop's side ----

  @Override
  public void data(byte[] buffer, int offset, int length) {
    lock.lock();
    try {
      if (!closed) {
        received.put(buffer, offset, length);
        receivedBytes = received.capacity();
        changed.signalAll();
        return;
      }
      discarded += length;
    } finally {
      lock.unlock();
    }
    if (discarded > DISCARD_LIMIT) {
      stream.reset();
    } else {
      stream.consumed(length);
    }
  }

  @Override
  public void finished() {
    locked(() -> remoteFinished = true);
  }

  @Override
  public void failed(StreamException why) {
    locked(() -> failure = why);
  }

  @Override
  public void writable() {
    locked(() -> {});
  }

  /// The peer has confirmed a protocol.
  void agreed() {
    locked(() -> agreed = true);
  }

  @Override
  public int heldBytes() {
    return receivedBytes + frameBytes;
  }

  @Override
  public boolean overdue(long nowNanos) {
    lock.lock();
    try {
      return closed && nowNanos - closedNanos > limits.streamTimeout().toNanos();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- the user's side ----

  void awaitAgreement(Duration limit) {
    lock.lock();
    try {
      await(() -> agreed || failure != null, TimeUnit.NANOSECONDS.convert(limit));
      if (failure != null) {
        throw failureNow();
      }
    } catch (StreamException failed) {
      stream.reset();
      throw failed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Connection connection() {
    return stream.connection();
  }

  @Override
  public String protocol() {
    String protocol = stream.protocol();
    return protocol == null ? "" : protocol;
  }

  @Override
  public Direction direction() {
    return stream.direction();
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    int taken;
    lock.lock();
    try {
      await(() -> !received.isEmpty() || remoteFinished || failure != null || closed, timeoutNanos);
      taken = Math.min(length, received.size());
      if (taken == 0) {
        if (closed) {
          throw new StreamException(Reason.CLOSED, "the stream is closed");
        }
        if (remoteFinished) {
          return -1;
        }
        throw failureNow();
      }
      System.arraycopy(received.array(), received.start(), into, offset, taken);
      received.drain(taken);
      received.trim();
      receivedBytes = received.capacity();
    } finally {
      lock.unlock();
    }
    stream.consumed(taken);
    return taken;
  }

  @Override
  public boolean readFully(byte[] into, int offset, int length) {
    int have = 0;
    while (have < length) {
      int n = read(into, offset + have, length - have);
      if (n < 0) {
        if (have == 0) {
          return false;
        }
        throw new StreamException(Reason.MALFORMED, "the peer finished in mid-message");
      }
      have += n;
    }
    return true;
  }

  @Override
  public byte @Nullable [] readFrame(int max) {
    long length = readLength();
    if (length < 0) {
      return null;
    }
    if (length > max) {
      throw new StreamException(
          Reason.MALFORMED, "a frame of " + length + " bytes; at most " + max + " are accepted");
    }
    byte[] body = new byte[(int) Math.min(length, FRAME_STEP)];
    int have = 0;
    while (have < length) {
      if (have == body.length) {
        body = Arrays.copyOf(body, (int) Math.min(length, 2L * body.length));
        frameBytes = body.length;
      }
      int n = read(body, have, body.length - have);
      if (n < 0) {
        throw new StreamException(Reason.MALFORMED, "the peer finished in mid-frame");
      }
      have += n;
    }
    if (frameBytes > 0) {
      frameBytes = 0;
      stream.recount();
    }
    return body;
  }

  /// Reads the varint before a frame; -1 at the end.
  private long readLength() {
    var prefix = new Varint.Decoder();
    byte[] one = new byte[1];
    try {
      do {
        if (!readFully(one, 0, 1)) {
          if (prefix.isPartial()) {
            throw new StreamException(Reason.MALFORMED, "the peer finished in a frame's length");
          }
          return -1;
        }
      } while (!prefix.feed(one[0]));
    } catch (MalformedException malformed) {
      throw new StreamException(Reason.MALFORMED, "a frame's length: " + malformed.getMessage());
    }
    return prefix.value();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      if (stream.queued() >= limits.sendBuffer()) {
        await(
            () -> stream.queued() < limits.sendBuffer() || failure != null || writeClosed,
            timeoutNanos);
      }
      if (writeClosed) {
        throw new StreamException(Reason.CLOSED, "the stream is closed for writing");
      }
      if (failure != null) {
        throw failureNow();
      }
      stream.write(bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void writeFrame(byte[] body) {
    byte[] frame = LengthPrefixed.frame(body);
    write(frame, 0, frame.length);
  }

  @Override
  public void closeWrite() {
    locked(() -> writeClosed = true);
    stream.finish();
  }

  @Override
  public void reset() {
    locked(() -> {
      closed = true;
      writeClosed = true;
    });
    stream.reset();
  }

  @Override
  public void timeout(Duration perCall) {
    locked(() -> timeoutNanos = TimeUnit.NANOSECONDS.convert(perCall));
  }

  @Override
  public void close() {
    int unread;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      closedNanos = System.nanoTime();
      writeClosed = true;
      unread = received.size();
      received.clear();
      receivedBytes = received.capacity();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    stream.consumed(unread);
    stream.finish();
  }

  private StreamException failureNow() {
    StreamException why = failure;
    // A new exception for each caller: its stack is the caller's, not the event loop's.
    return why == null
        ? new StreamException(Reason.CLOSED, "the stream is closed")
        : new StreamException(why.reason(), String.valueOf(why.getMessage()));
  }

  private void await(BooleanSupplier condition, long nanos) {
    try {
      long left = nanos;
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new StreamException(
              Reason.TIMEOUT, "no answer within " + Duration.ofNanos(nanos).toMillis() + " ms");
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamException(Reason.CLOSED, "interrupted");
    }
  }
}
