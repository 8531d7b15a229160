package io.kadenza.host.internal.yamux;

import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.yamux.YamuxException.Kind;
import org.jspecify.annotations.Nullable;

/// The frames on their way out, how many of them a remote may leave unread, and the failure that
/// ends them. Owned by one [Yamux].
final class Outgoing {

  private final OutBuffer buffer = new OutBuffer();
  private final YamuxLimits limits;
  private final Backlog control;
  private final Backlog pongs;
  private @Nullable YamuxException failure;
  private boolean failureTold;

  Outgoing(YamuxLimits limits) {
    this.limits = limits;
    control = new Backlog(limits.maxQueuedControl());
    pongs = new Backlog(limits.maxQueuedPongs());
  }

  OutBuffer buffer() {
    return buffer;
  }

  /// Queues a frame without payload. One too many is a failure that the next receive or tick
  /// reports, so that a reset in a finally block does not throw.
  void control(int type, int flags, int stream, int length) {
    if (control.admit(Header.BYTES, buffer)) {
      Header.put(buffer, type, flags, stream, length);
    } else if (failure == null) {
      fail(Kind.NOT_READING, limits.maxQueuedControl() + " bytes of control frames wait unread");
    }
  }

  void ping(int value) {
    control(Header.PING, Header.SYN, Header.SESSION, value);
  }

  /// Answers a ping. Those beyond the limit go unanswered, as go does it; the asker has enough to
  /// read.
  void pong(int value) {
    if (pongs.admit(1, buffer)) {
      control(Header.PING, Header.ACK, Header.SESSION, value);
    }
  }

  void data(int stream, byte[] buf, int off, int len) {
    for (int sent = 0; sent < len; ) {
      int frame = Math.min(len - sent, limits.maxFrame());
      Header.put(buffer, Header.DATA, 0, stream, frame);
      buffer.put(buf, off + sent, frame);
      sent += frame;
    }
  }

  void fail(Kind kind, String message) {
    failure = new YamuxException(kind, message);
  }

  /// Ends the connection for what the remote did, and tells it.
  YamuxException violation(String broken) {
    Header.put(buffer, Header.GO_AWAY, 0, Header.SESSION, Yamux.PROTOCOL_ERROR);
    YamuxException e = new YamuxException(Kind.PROTOCOL, broken);
    failure = e;
    failureTold = true;
    return e;
  }

  boolean failed() {
    return failure != null;
  }

  /// Whether there is a failure that nobody was told.
  boolean failureUntold() {
    return failure != null && !failureTold;
  }

  void throwFailure() {
    if (failure != null) {
      failureTold = true;
      throw failure;
    }
  }
}
