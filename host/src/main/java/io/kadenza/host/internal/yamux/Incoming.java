package io.kadenza.host.internal.yamux;

import io.kadenza.host.internal.pace.Pace;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the remote's frames mean. Everything is checked before anything changes. Owned by one
/// [Yamux].
final class Incoming implements FrameReader.Frames {

  /// As many as two full houses of streams.
  private static final int RESETS_AT_ONCE = 1_024;

  /// Users give up on requests now and then, but not hundreds of times a second for long.
  private static final Duration RESET_INTERVAL = Duration.ofMillis(5);

  private final FrameReader reader = new FrameReader();
  private final StreamLedger streams;
  private final Outgoing out;
  private final KeepAlive keepAlive;
  private final LocalIds localIds;
  private final RemoteIds remoteIds;

  private List<YamuxEvent> events = List.of();
  private long now;

  /// The stream whose payload is under way; null when the payload is to be skipped.
  private @Nullable YamuxStream payloadOf;

  /// How often the remote may reset streams: each costs us more than the two frames cost it.
  private final Pace resets;

  private boolean thenFinished;
  private boolean refusing;
  private boolean remoteGone;

  Incoming(
      StreamLedger streams,
      Outgoing out,
      KeepAlive keepAlive,
      LocalIds localIds,
      RemoteIds remoteIds,
      long nowNanos) {
    this.streams = streams;
    this.out = out;
    this.keepAlive = keepAlive;
    this.localIds = localIds;
    this.remoteIds = remoteIds;
    this.resets = new Pace(RESETS_AT_ONCE, RESET_INTERVAL, nowNanos);
  }

  void receive(byte[] buf, int off, int len, long nowNanos, List<YamuxEvent> into) {
    events = into;
    now = nowNanos;
    try {
      reader.read(buf, off, len, this);
    } finally {
      events = List.of();
    }
  }

  /// Refuses every stream from here on.
  void refuseStreams() {
    refusing = true;
  }

  /// Whether the remote has announced the end of the connection.
  boolean remoteGone() {
    return remoteGone;
  }

  @Override
  public long header(int first, int stream, int length) {
    int type = first >>> 16;
    int flags = first & 0xffff;
    check((flags & ~Header.ALL_FLAGS) == 0, "unknown flags");
    // The version is in the top eight bits, so that any but 0 makes the type unknown.
    return switch (type) {
      case Header.DATA -> data(flags, stream, Integer.toUnsignedLong(length));
      case Header.WINDOW_UPDATE -> windowUpdate(flags, stream, Integer.toUnsignedLong(length));
      case Header.PING -> ping(flags, stream, length);
      case Header.GO_AWAY -> goneAway(flags, stream, length);
      default -> throw out.violation("unknown version or type");
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
    if (s == null) {
      return skip(length);
    }
    if ((flags & Header.RST) != 0) {
      remoteReset(s);
      return skip(length);
    }
    check(length <= s.receiving.credit(), "data beyond the window");
    if (length == 0) {
      if ((flags & Header.FIN) != 0) {
        finished(s);
      }
      return 0;
    }
    if (s.remoteFinished || !streams.holds(length)) {
      // Data behind a FIN, or more than this connection may make us hold: the stream ends, the
      // connection lives.
      events.add(new YamuxEvent.Reset(id));
      streams.reset(s);
      payloadOf = null;
      // A stream that had finished leaves no credit behind to skip by.
      return s.remoteFinished ? length : skip(length);
    }
    streams.announced(s, (int) length);
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
      out.pong(value);
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
      streams.acknowledged(s);
      return s;
    }
    boolean wasOpen = remoteIds.owns(id) ? remoteIds.isUsed(id) : localIds.isUsed(id);
    check(wasOpen, "a frame for a stream never opened");
    return null;
  }

  private @Nullable YamuxStream opened(int flags, int id, long data, long credit) {
    boolean resetAtOnce = (flags & Header.RST) != 0;
    boolean stale = remoteIds.isForgotten(id);
    check(remoteIds.owns(id), "a SYN with an id of ours");
    check((flags & Header.ACK) == 0, "SYN and ACK in one frame");
    check(data <= YamuxLimits.SPECIFIED_WINDOW, "data beyond the window of a new stream");
    check(resetAtOnce || SendWindow.newTakes(credit), "window beyond 2^32");
    check(stale || !remoteIds.isUsed(id), "a stream id used twice");
    if (!stale) {
      remoteIds.use(id);
    }
    check(!resetAtOnce || resets.take(now), "streams reset too often");
    if (stale || resetAtOnce || refusing || !streams.hasRoom()) {
      streams.refused();
      if (!resetAtOnce) {
        out.control(Header.DATA, Header.RST, id, 0);
      }
      return null;
    }
    YamuxStream s = new YamuxStream(id, false, now);
    streams.add(s);
    events.add(new YamuxEvent.Opened(id));
    return s;
  }

  private void remoteReset(YamuxStream s) {
    check(resets.take(now), "streams reset too often");
    events.add(new YamuxEvent.Reset(s.id));
    streams.forget(s);
  }

  private void finished(YamuxStream s) {
    if (s.remoteFinished) {
      return;
    }
    s.remoteFinished = true;
    events.add(new YamuxEvent.Finished(s.id));
    if (s.localFinished) {
      streams.forget(s);
    }
  }

  private long skip(long length) {
    check(streams.skips(length), "data for closed streams beyond the windows they had");
    payloadOf = null;
    return length;
  }

  private void check(boolean holds, String broken) {
    if (!holds) {
      throw out.violation(broken);
    }
  }
}
