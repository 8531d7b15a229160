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

  private final YamuxLimits limits;
  private final LocalIds localIds;
  private final KeepAlive keepAlive;
  private final Outgoing out;
  private final StreamLedger streams;
  private final Incoming incoming;
  private boolean goingAway;
  private boolean windowsGrow = true;

  public Yamux(boolean client, YamuxLimits limits, long nowNanos) {
    this.limits = limits;
    localIds = new LocalIds(client);
    keepAlive = new KeepAlive(limits, nowNanos);
    out = new Outgoing(limits);
    streams = new StreamLedger(limits, out);
    incoming = new Incoming(streams, out, keepAlive, localIds, new RemoteIds(!client), nowNanos);
  }

  /// Takes bytes from the remote and adds what they mean to `events`.
  ///
  /// @throws YamuxException when the remote broke the protocol or does not read; the events added
  ///   until then are valid; send the rest of the output and close
  public void receive(byte[] buf, int off, int len, long nowNanos, List<YamuxEvent> events) {
    out.throwFailure();
    keepAlive.heard(nowNanos);
    incoming.receive(buf, off, len, nowNanos, events);
    out.throwFailure();
  }

  /// Opens a stream; returns its id, or 0 when [#refusal()] says why not. Nothing is sent until the
  /// first write (or [#announce]).
  public int open(long nowNanos) {
    if (refusal() != null) {
      return Header.SESSION;
    }
    YamuxStream s = new YamuxStream(localIds.take(), true, nowNanos);
    streams.add(s);
    return s.id;
  }

  /// Why [#open] would refuse now, or null when it would not.
  public @Nullable OpenRefusal refusal() {
    if (goingAway || incoming.remoteGone() || out.failed()) {
      return OpenRefusal.GOING_AWAY;
    }
    return localIds.isExhausted() ? OpenRefusal.IDS_EXHAUSTED : streams.refusal();
  }

  /// Sends the stream's pending SYN or ACK now, for streams that listen before they write.
  public void announce(int stream) {
    YamuxStream s = live(stream);
    if (s != null) {
      streams.announce(s);
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
      streams.announce(s);
      out.data(stream, buf, off, accepted);
    }
    return accepted;
  }

  /// Half-closes: this side sends no more on the stream.
  public void closeWrite(int stream) {
    YamuxStream s = live(stream);
    if (s == null || s.localFinished) {
      return;
    }
    streams.announce(s);
    out.control(Header.DATA, Header.FIN, stream, 0);
    s.localFinished = true;
    if (s.remoteFinished) {
      streams.forget(s);
    }
  }

  /// Ends the stream in both directions at once.
  public void reset(int stream) {
    YamuxStream s = live(stream);
    if (s != null) {
      streams.reset(s);
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
    streams.consumed(s, bytes);
    if (window.grantIsDue() && !s.remoteFinished) {
      grant(s, nowNanos);
    }
  }

  /// Says whether streams that are held back by their windows get larger ones from here on.
  public void growWindows(boolean grow) {
    windowsGrow = grow;
  }

  /// Announces that this side accepts and opens no more streams; those open go on.
  public void goAway(int code) {
    if (!goingAway && !out.failed()) {
      goingAway = true;
      incoming.refuseStreams();
      out.control(Header.GO_AWAY, 0, Header.SESSION, code);
    }
  }

  /// Sends the keep-alive ping when due.
  ///
  /// @throws YamuxException when an earlier ping was not answered in time
  public void tick(long nowNanos) {
    out.throwFailure();
    if (keepAlive.due(nowNanos)) {
      if (keepAlive.waiting()) {
        out.fail(Kind.TIMEOUT, "a ping was not answered within " + limits.pingTimeout());
      } else {
        out.ping(keepAlive.ping(nowNanos));
      }
    }
    out.throwFailure();
  }

  /// Asks for a sign of life now, as the keep-alive does after a silence, unless it is asking
  /// already.
  public void probe(long nowNanos) {
    if (!out.failed() && !keepAlive.waiting()) {
      out.ping(keepAlive.ping(nowNanos));
    }
  }

  /// Monotonic nanos at which a tick is due; re-read after every call.
  public OptionalLong deadline() {
    if (out.failed()) {
      return out.failureUntold() ? OptionalLong.of(keepAlive.lastHeard()) : OptionalLong.empty();
    }
    return keepAlive.deadline();
  }

  /// What waits to be sent.
  public OutBuffer output() {
    return out.buffer();
  }

  /// How many streams are open, by either side.
  public int streams() {
    return streams.size();
  }

  private @Nullable YamuxStream live(int stream) {
    return out.failed() ? null : streams.get(stream);
  }

  private void grant(YamuxStream s, long nowNanos) {
    if (keepAlive.rtt() == 0 && !keepAlive.waiting()) {
      out.ping(keepAlive.ping(nowNanos));
    }
    streams.announce(s);
    int wanted =
        windowsGrow ? s.receiving.growth(nowNanos, keepAlive.rtt(), limits.maxWindow()) : 0;
    int delta = s.receiving.grant(streams.budgeted(wanted), nowNanos);
    out.control(Header.WINDOW_UPDATE, 0, s.id, delta);
  }
}
