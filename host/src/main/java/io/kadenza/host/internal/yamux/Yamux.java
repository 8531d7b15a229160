package io.kadenza.host.internal.yamux;

import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.yamux.YamuxException.Kind;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One Yamux connection as a machine: bytes in, events and bytes out (libp2p `yamux/README.md`).
/// Confined to the connection's event loop.
///
/// The caller drains [#output()] into the secure channel, calls [#tick] at [#deadline()], and stops
/// writing while its socket takes nothing: the windows bound what waits then. Calls about streams
/// that are closed or were never open do nothing.
///
/// Every frame sent carries at most one flag, SYN and ACK travel in window updates without credit,
/// FIN and RST in data frames without data: py-libp2p up to 0.3 drops the payload of a data frame
/// with SYN or ACK on the floor and overlooks FIN and RST on window updates, jvm-libp2p heeds one
/// flag a frame, and everybody understands this form.
public final class Yamux {

  /// What [#write] returns for a stream that takes no more bytes: unknown, closed for writing or
  /// reset.
  public static final int CLOSED = -1;

  /// GOAWAY code for an orderly end.
  public static final int NORMAL = 0;

  /// GOAWAY code for a remote that broke the protocol.
  public static final int PROTOCOL_ERROR = 1;

  /// GOAWAY code for a failure on this side.
  public static final int INTERNAL_ERROR = 2;

  private final YamuxLimits limits;
  private final OutBuffer output = new OutBuffer();
  private final FrameReader reader = new FrameReader();
  private final Incoming incoming = new Incoming();
  private final StreamTable streams = new StreamTable();
  private final RemoteIds remoteIds;
  private final KeepAlive keepAlive;
  private final Backlog control;
  private final Backlog pongs;

  /// The id of the next stream opened here; negative when there is none.
  private int nextId;

  private int localStreams;
  private int remoteStreams;

  /// Streams opened here that the remote has not acknowledged, and the other way round.
  private int unacknowledgedLocal;

  private int unacknowledgedRemote;

  /// Bytes announced and not yet consumed over all streams.
  private long unconsumed;

  /// By how much all windows together exceed the size they begin with.
  private long grown;

  private boolean localGone;
  private boolean remoteGone;
  private @Nullable YamuxException failure;
  private boolean failureTold;

  public Yamux(boolean client, YamuxLimits limits, long nowNanos) {
    this.limits = limits;
    remoteIds = new RemoteIds(!client);
    keepAlive = new KeepAlive(limits, nowNanos);
    control = new Backlog(limits.maxQueuedControl());
    pongs = new Backlog(limits.maxQueuedPongs());
    nextId = client ? 1 : 2;
  }

  /// Takes bytes from the remote and adds what they mean to `events`.
  ///
  /// @throws YamuxException when the remote broke the protocol or does not read; the events added
  ///   until then are valid; send the rest of the output and close
  public void receive(byte[] buf, int off, int len, long nowNanos, List<YamuxEvent> events) {
    throwFailure();
    keepAlive.heard(nowNanos);
    incoming.receive(buf, off, len, nowNanos, events);
    throwFailure();
  }

  /// Opens a stream; returns its id, or 0 when [#refusal()] says why not. Nothing is sent until the
  /// first write (or [#announce]).
  public int open(long nowNanos) {
    if (refusal() != null) {
      return Header.SESSION;
    }
    YamuxStream stream = new YamuxStream(nextId, true, nowNanos);
    nextId += 2;
    streams.add(stream);
    localStreams++;
    unacknowledgedLocal++;
    return stream.id;
  }

  /// Why [#open] would refuse now, or null when it would not.
  public @Nullable OpenRefusal refusal() {
    if (localGone || remoteGone || failure != null) {
      return OpenRefusal.GOING_AWAY;
    }
    if (nextId < 0) {
      return OpenRefusal.IDS_EXHAUSTED;
    }
    if (localStreams >= limits.maxStreams()) {
      return OpenRefusal.TOO_MANY_STREAMS;
    }
    // "SHOULD at most allow an ACK backlog of 256 streams."
    return unacknowledgedLocal >= limits.ackBacklog() ? OpenRefusal.ACK_BACKLOG : null;
  }

  /// Sends the stream's pending SYN or ACK now, for streams that listen before they write.
  public void announce(int stream) {
    YamuxStream s = live(stream);
    if (s != null) {
      announce(s);
    }
  }

  /// Queues up to `len` bytes; returns how many the remote's window took (a [YamuxEvent.Writable]
  /// follows when fewer than `len`), or [#CLOSED].
  public int write(int stream, byte[] buf, int off, int len) {
    YamuxStream s = live(stream);
    if (s == null || s.localFinished) {
      return CLOSED;
    }
    int accepted = s.sending.take(len);
    if (accepted > 0) {
      announce(s);
    }
    for (int sent = 0; sent < accepted; ) {
      int frame = Math.min(accepted - sent, limits.maxFrame());
      Header.put(output, Header.DATA, 0, stream, frame);
      output.put(buf, off + sent, frame);
      sent += frame;
    }
    return accepted;
  }

  /// Half-closes: this side sends no more on the stream.
  public void closeWrite(int stream) {
    YamuxStream s = live(stream);
    if (s == null || s.localFinished) {
      return;
    }
    announce(s);
    control(Header.DATA, Header.FIN, stream, 0);
    s.localFinished = true;
    if (s.remoteFinished) {
      forget(s);
    }
  }

  /// Ends the stream in both directions at once.
  public void reset(int stream) {
    YamuxStream s = live(stream);
    if (s != null) {
      reset(s);
    }
  }

  /// The application has taken `bytes` of the stream: the remote may send as many again.
  ///
  /// @throws IllegalArgumentException when that is more than has arrived
  public void consumed(int stream, int bytes, long nowNanos) {
    YamuxStream s = live(stream);
    if (s == null) {
      return;
    }
    ReceiveWindow window = s.receiving;
    if (bytes < 0 || bytes > window.unconsumed()) {
      throw new IllegalArgumentException(
          bytes + " bytes consumed of " + window.unconsumed() + " received");
    }
    unconsumed -= bytes;
    window.consumed(bytes);
    if (window.grantIsDue() && !s.remoteFinished) {
      grant(s, nowNanos);
    }
  }

  /// Announces that this side accepts and opens no more streams; those open go on.
  public void goAway(int code) {
    if (!localGone && failure == null) {
      localGone = true;
      control(Header.GO_AWAY, 0, Header.SESSION, code);
    }
  }

  /// Sends the keep-alive ping when due.
  ///
  /// @throws YamuxException when an earlier ping was not answered in time
  public void tick(long nowNanos) {
    throwFailure();
    if (keepAlive.due(nowNanos)) {
      if (keepAlive.waiting()) {
        fail(Kind.TIMEOUT, "a ping was not answered within " + limits.pingTimeout());
      } else {
        ping(nowNanos);
      }
    }
    throwFailure();
  }

  /// Monotonic nanos at which a tick is due; re-read after every call.
  public OptionalLong deadline() {
    if (failure != null) {
      return failureTold ? OptionalLong.empty() : OptionalLong.of(keepAlive.lastHeard());
    }
    return keepAlive.deadline();
  }

  /// What waits to be sent.
  public OutBuffer output() {
    return output;
  }

  /// How many streams are open, by either side.
  public int streams() {
    return streams.size();
  }

  private @Nullable YamuxStream live(int stream) {
    return failure == null ? streams.get(stream) : null;
  }

  private void announce(YamuxStream s) {
    int flag = s.unsentFlag;
    if (flag != 0) {
      s.unsentFlag = 0;
      if (flag == Header.ACK) {
        unacknowledgedRemote--;
      }
      control(Header.WINDOW_UPDATE, flag, s.id, 0);
      int more = budgeted(limits.initialWindow() - YamuxLimits.SPECIFIED_WINDOW);
      if (more > 0) {
        s.receiving.enlarge(more);
        control(Header.WINDOW_UPDATE, 0, s.id, more);
      }
    }
  }

  private void acknowledged(YamuxStream s) {
    if (s.unacknowledged) {
      s.unacknowledged = false;
      unacknowledgedLocal--;
    }
  }

  private void grant(YamuxStream s, long nowNanos) {
    if (keepAlive.rtt() == 0 && !keepAlive.waiting()) {
      ping(nowNanos);
    }
    announce(s);
    int growth = budgeted(s.receiving.growth(nowNanos, keepAlive.rtt(), limits.maxWindow()));
    control(Header.WINDOW_UPDATE, 0, s.id, s.receiving.grant(growth, nowNanos));
  }

  /// Takes growth for a window from what the connection may hold; returns how much there was.
  private int budgeted(int growth) {
    int granted = (int) Math.min(growth, limits.connectionReceiveBytes() - grown);
    grown += granted;
    return granted;
  }

  private void reset(YamuxStream s) {
    // A stream whose SYN was not sent never was, for the remote.
    if (s.unsentFlag != Header.SYN) {
      control(Header.DATA, Header.RST, s.id, 0);
    }
    forget(s);
  }

  private void forget(YamuxStream s) {
    s.gone = true;
    streams.remove(s);
    acknowledged(s);
    if (s.unsentFlag == Header.ACK) {
      unacknowledgedRemote--;
    }
    if (s.local) {
      localStreams--;
    } else {
      remoteStreams--;
    }
    unconsumed -= s.receiving.unconsumed();
    grown -= s.receiving.size() - YamuxLimits.SPECIFIED_WINDOW;
    if (!s.remoteFinished) {
      incoming.skippable += s.receiving.credit();
    }
  }

  private void ping(long nowNanos) {
    control(Header.PING, Header.SYN, Header.SESSION, keepAlive.ping(nowNanos));
  }

  private void control(int type, int flags, int stream, int length) {
    if (control.admit(Header.BYTES, output)) {
      Header.put(output, type, flags, stream, length);
    } else if (failure == null) {
      // Reported by the next receive or tick, so that a reset in a finally block does not throw.
      fail(Kind.NOT_READING, limits.maxQueuedControl() + " bytes of control frames wait unread");
    }
  }

  private void fail(Kind kind, String message) {
    failure = new YamuxException(kind, message);
  }

  private void throwFailure() {
    if (failure != null) {
      failureTold = true;
      throw failure;
    }
  }

  /// What the remote's frames mean. Everything is checked before anything changes.
  private final class Incoming implements FrameReader.Frames {

    /// How many bytes the remote may still send on streams that are gone: the credit they had. More
    /// than that is no race with our RST but a remote that ignores it.
    private long skippable;

    private List<YamuxEvent> events = List.of();
    private long now;

    /// The stream whose payload is under way; null when the payload is to be skipped.
    private @Nullable YamuxStream payloadOf;

    private boolean thenFinished;

    void receive(byte[] buf, int off, int len, long nowNanos, List<YamuxEvent> into) {
      events = into;
      now = nowNanos;
      try {
        reader.read(buf, off, len, this);
      } finally {
        events = List.of();
      }
    }

    @Override
    public long header(int first, int stream, int length) {
      int type = first >>> 16;
      int flags = first & 0xffff;
      // The version is in the top eight bits, so that any but 0 makes the type unknown.
      check((flags & ~Header.ALL_FLAGS) == 0, "unknown flags");
      return switch (type) {
        case Header.DATA -> data(flags, stream, Integer.toUnsignedLong(length));
        case Header.WINDOW_UPDATE -> windowUpdate(flags, stream, Integer.toUnsignedLong(length));
        case Header.PING -> ping(flags, stream, length);
        case Header.GO_AWAY -> goneAway(flags, stream, length);
        default -> throw violation("unknown version or type");
      };
    }

    @Override
    public void payload(byte[] buf, int off, int len, boolean last) {
      YamuxStream s = payloadOf;
      if (s != null && !s.gone) {
        events.add(new YamuxEvent.Data(s.id, buf, off, len));
        if (last && thenFinished) {
          finished(s);
        }
      }
      if (last) {
        payloadOf = null;
      }
    }

    private long data(int flags, int id, long length) {
      YamuxStream s = stream(flags, id, length, 0);
      if (s == null || (flags & Header.RST) != 0) {
        if (s != null) {
          remoteReset(s);
        }
        return skip(length);
      }
      check(length <= s.receiving.credit(), "data beyond the window");
      if (length == 0) {
        if ((flags & Header.FIN) != 0) {
          finished(s);
        }
        return 0;
      }
      if (s.remoteFinished || unconsumed + length > limits.connectionReceiveBytes()) {
        // Data behind a FIN, or more than this connection may make us hold: the stream ends, the
        // connection lives.
        events.add(new YamuxEvent.Reset(id));
        reset(s);
        skippable += s.remoteFinished ? length : 0;
        return skip(length);
      }
      s.receiving.announced((int) length);
      unconsumed += length;
      payloadOf = s;
      thenFinished = (flags & Header.FIN) != 0;
      return length;
    }

    private long windowUpdate(int flags, int id, long length) {
      YamuxStream s = stream(flags, id, 0, length);
      if (s == null) {
        return 0;
      }
      if ((flags & Header.RST) != 0) {
        // The length is an error code here (go-yamux 5), not credit.
        remoteReset(s);
        return 0;
      }
      check(s.sending.takes(length), "window beyond 2^32");
      if (s.sending.add(length) && !s.localFinished) {
        events.add(new YamuxEvent.Writable(id));
      }
      if ((flags & Header.FIN) != 0) {
        finished(s);
      }
      return 0;
    }

    private long ping(int flags, int id, int value) {
      check(id == Header.SESSION, "a ping on a stream");
      if (flags == Header.SYN) {
        // Pings beyond the limit go unanswered, as go does it; the asker has enough to read.
        if (pongs.admit(1, output)) {
          control(Header.PING, Header.ACK, Header.SESSION, value);
        }
        return 0;
      }
      check(flags == Header.ACK, "a ping that neither asks nor answers");
      long rtt = keepAlive.pong(value, now);
      if (rtt >= 0) {
        events.add(new YamuxEvent.Pong(rtt));
      }
      return 0;
    }

    private long goneAway(int flags, int id, int code) {
      check(id == Header.SESSION && flags == 0, "a GOAWAY on a stream or with flags");
      if (!remoteGone) {
        remoteGone = true;
        events.add(new YamuxEvent.GoneAway(code));
      }
      return 0;
    }

    /// Finds the stream a frame is for, opening it when the frame says so; null when the frame
    /// concerns a stream that is gone or refused.
    private @Nullable YamuxStream stream(int flags, int id, long data, long credit) {
      check(id != Header.SESSION, "a stream frame on the session");
      if ((flags & Header.SYN) != 0) {
        return opened(flags, id, data, credit);
      }
      YamuxStream s = streams.get(id);
      if (s != null) {
        check(s.unsentFlag != Header.SYN, "a frame for a stream not yet opened");
        // Peers that forget the ACK acknowledge by whatever they send.
        acknowledged(s);
        return s;
      }
      boolean wasOpen = remoteIds.owns(id) ? remoteIds.isUsed(id) : isUsedHere(id);
      check(wasOpen, "a frame for a stream never opened");
      return null;
    }

    private boolean isUsedHere(int id) {
      return id > 0 && (nextId < 0 || id < nextId);
    }

    private @Nullable YamuxStream opened(int flags, int id, long data, long credit) {
      check(remoteIds.owns(id), "a SYN with an id of ours");
      check((flags & Header.ACK) == 0, "SYN and ACK in one frame");
      check(data <= YamuxLimits.SPECIFIED_WINDOW, "data beyond the window of a new stream");
      boolean stale = remoteIds.isForgotten(id);
      check(stale || !remoteIds.isUsed(id), "a stream id used twice");
      boolean resetAtOnce = (flags & Header.RST) != 0;
      check(resetAtOnce || SendWindow.newTakes(credit), "window beyond 2^32");
      if (!stale) {
        remoteIds.use(id);
      }
      if (stale || resetAtOnce || !hasRoom()) {
        skippable += YamuxLimits.SPECIFIED_WINDOW;
        if (!resetAtOnce) {
          control(Header.DATA, Header.RST, id, 0);
        }
        return null;
      }
      YamuxStream s = new YamuxStream(id, false, now);
      streams.add(s);
      remoteStreams++;
      unacknowledgedRemote++;
      events.add(new YamuxEvent.Opened(id));
      return s;
    }

    private boolean hasRoom() {
      return !localGone
          && remoteStreams < limits.maxStreams()
          && unacknowledgedRemote < limits.ackBacklog();
    }

    private void remoteReset(YamuxStream s) {
      events.add(new YamuxEvent.Reset(s.id));
      forget(s);
    }

    private void finished(YamuxStream s) {
      if (s.remoteFinished) {
        return;
      }
      s.remoteFinished = true;
      events.add(new YamuxEvent.Finished(s.id));
      if (s.localFinished) {
        forget(s);
      }
    }

    private long skip(long length) {
      check(length <= skippable, "data for closed streams beyond the windows they had");
      skippable -= length;
      payloadOf = null;
      return length;
    }

    private void check(boolean holds, String broken) {
      if (!holds) {
        throw violation(broken);
      }
    }

    private YamuxException violation(String broken) {
      Header.put(output, Header.GO_AWAY, 0, Header.SESSION, PROTOCOL_ERROR);
      YamuxException e = new YamuxException(Kind.PROTOCOL, broken);
      failure = e;
      failureTold = true;
      return e;
    }
  }
}
