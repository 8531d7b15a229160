package io.kadenza.host.internal.net;

import io.kadenza.crypto.PublicKey;
import io.kadenza.host.Connection;
import io.kadenza.host.Direction;
import io.kadenza.host.FrameListener;
import io.kadenza.host.FrameStream;
import io.kadenza.host.Limits;
import io.kadenza.host.Stream;
import io.kadenza.host.StreamException;
import io.kadenza.host.StreamException.Reason;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.yamux.Yamux;
import io.kadenza.host.internal.yamux.YamuxEvent;
import io.kadenza.host.internal.yamux.YamuxException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// An authenticated connection and its streams: a [Yamux] session, fed with plaintext, whose output
/// the [Link] encrypts once for each turn of the event loop.
///
/// Owned by the event loop. Streams that other threads have written to, read from or closed are put
/// on a list, and one task attends to all of them.
public final class MuxedConnection implements Connection, Guest {
  private final Link link;
  private final ConnectionContext context;
  private final Meeting meeting;
  private final Acquaintance acquaintance = new Acquaintance();

  private final Yamux yamux;
  private final OpenStreams streams;
  private final List<YamuxEvent> events = new ArrayList<>();
  private final Attention attention;
  private final ConnectionTimers timers;
  private final Burden burden;
  private volatile boolean open = true;
  private volatile boolean aboutToLeave;
  private final long since = System.nanoTime();
  private volatile long quietSince = since;

  MuxedConnection(Link link, ConnectionContext context, Meeting meeting) {
    this.link = link;
    this.meeting = meeting;
    this.context = context;
    Limits limits = context.limits();
    this.streams = new OpenStreams(limits.maxInboundStreams(), limits.maxOutboundStreams());
    this.yamux =
        new Yamux(
            meeting.direction() == Direction.OUTBOUND, context.muxerLimits(), System.nanoTime());
    this.attention = new Attention(link, this::turn);
    this.timers = new ConnectionTimers(link, yamux, streams, limits, this::turn, this::close);
    this.burden = new Burden(link, yamux, streams, context.budget(), meeting.network());
  }

  /// Begins the connection's life in the event loop: the owner is told, timers start.
  ///
  /// @return false if the owner does not want it; it is being closed then
  boolean start() {
    if (!context.owner().opened(this)) {
      leave();
      return false;
    }
    timers.start();
    return true;
  }

  // ---- in the event loop ----

  /// Takes decrypted bytes; none of a peer that is being left, who may take his time to go and talk
  /// on.
  void receive(byte[] buffer, int offset, int length) {
    if (!open) {
      return;
    }
    timers.heard();
    boolean broken = false;
    try {
      yamux.receive(buffer, offset, length, System.nanoTime(), events);
    } catch (YamuxException violation) {
      broken = true;
    }
    try {
      events.forEach(this::handle);
    } finally {
      // They tell of bytes that are about to be overwritten.
      events.clear();
    }
    if (broken) {
      leave();
    }
  }

  /// Bytes are being received; a [#turn] is sure to follow.
  void readBegins() {
    attention.isSure();
  }

  private void handle(YamuxEvent event) {
    switch (event) {
      case YamuxEvent.Opened(int id) -> accept(id);
      case YamuxEvent.Data(int id, byte[] buffer, int offset, int length) -> {
        MuxedStream stream = streams.get(id);
        if (stream != null) {
          stream.received(buffer, offset, length);
        } else {
          yamux.consumed(id, length, System.nanoTime());
        }
      }
      case YamuxEvent.Finished(int id) -> streams.with(id, MuxedStream::finished);
      case YamuxEvent.Reset(int id) ->
          streams.with(
              id, it -> it.end(new StreamException(Reason.RESET, "the peer reset the stream")));
      case YamuxEvent.Writable(int id) -> streams.with(id, it -> it.pump(yamux));
      case YamuxEvent.GoneAway _ -> close();
      case YamuxEvent.Pong _ -> {}
    }
  }

  private void accept(int id) {
    if (streams.reserveInbound()) {
      remember(id, MuxedStream.inbound(this, id));
    } else {
      yamux.reset(id);
    }
  }

  private void remember(int id, MuxedStream stream) {
    streams.put(id, stream);
    timers.watch();
  }

  /// Opens the muxer's side of a stream that was made by another thread.
  int assignId(MuxedStream stream) {
    if (!open) {
      stream.end(connectionClosed());
      return MuxedStream.UNOPENED;
    }
    int id = yamux.open(System.nanoTime());
    if (id == 0) {
      stream.end(new StreamException(Reason.LIMIT, "no further stream: " + yamux.refusal()));
      return MuxedStream.UNOPENED;
    }
    remember(id, stream);
    return id;
  }

  void forget(MuxedStream stream) {
    streams.remove(stream);
    if (streams.size() == 0) {
      quietSince = System.nanoTime();
    }
  }

  /// The streams, for a sink in the event loop.
  OpenStreams openStreams() {
    return streams;
  }

  /// Keeps the peer to `max` inbound streams of that stream's protocol.
  public void limit(MuxedStream newest, int max) {
    streams.limit(newest, max);
  }

  /// Attends to the streams on the list, then sends what came of it.
  void turn() {
    long now = System.nanoTime();
    attention.give(stream -> {
      if (open) {
        stream.attend(yamux, now);
      } else {
        stream.end(connectionClosed());
      }
    });
    if (open) {
      link.flush();
      burden.takeStock();
    }
  }

  /// What the peer makes this host hold; in the event loop.
  Burden burden() {
    return burden;
  }

  /// So many bytes are remembered of the peer as long as it is connected; in the event loop.
  public void remembered(int bytes) {
    burden.remember(bytes);
  }

  /// Lets streams go on after the socket was full.
  void resume() {
    streams.all().forEach(stream -> stream.pump(yamux));
    turn();
  }

  boolean writable() {
    return link.writable();
  }

  Yamux yamux() {
    return yamux;
  }

  OutBuffer output() {
    return yamux.output();
  }

  /// The link is gone: ends every stream and tells the owner, once.
  void linkClosed() {
    burden.end();
    yamux.output().clear();
    if (open) {
      open = false;
      end();
    }
  }

  /// Ends the connection from this side, once; also if there is no memory for that.
  private void leave() {
    if (!open) {
      return;
    }
    open = false;
    try {
      yamux.goAway(Yamux.NORMAL);
      link.flush();
    } finally {
      try {
        link.close();
      } finally {
        end();
      }
    }
  }

  private void end() {
    timers.stop();
    try {
      streams.all().forEach(stream -> stream.end(connectionClosed()));
      turn();
    } finally {
      context.owner().closed(this);
    }
  }

  private static StreamException connectionClosed() {
    return new StreamException(Reason.CONNECTION_CLOSED, "the connection is closed");
  }

  // ---- from any thread ----

  Protocols protocols() {
    return context.protocols();
  }

  public Limits limits() {
    return context.limits();
  }

  StreamThreads threads() {
    return context.threads();
  }

  ConnectionTimers timers() {
    return timers;
  }

  /// How far this host and the peer have told each other who they are.
  public Acquaintance acquaintance() {
    return acquaintance;
  }

  /// Resets the streams of a protocol that the peer has opened.
  public void resetInbound(String protocol) {
    link.execute(() -> {
      streams.resetInbound(protocol);
      turn();
    });
  }

  /// Puts a stream on the list and makes sure that a turn follows.
  void attend(MuxedStream stream) {
    attention.ask(stream);
  }

  /// Opens a stream for a sink that lives in the event loop.
  ///
  /// @throws StreamException if the connection is closed or full
  public MuxedStream open(String protocol, Function<MuxedStream, StreamSink> sink) {
    var stream = admit(List.of(protocol));
    stream.attach(sink.apply(stream));
    stream.launch();
    return stream;
  }

  @Override
  public Stream open(List<String> proposals, Duration limit) {
    var stream = admit(List.copyOf(proposals));
    var blocking = new BlockingStream(stream, limits());
    stream.attach(blocking);
    stream.launch();
    if (proposals.size() > 1) {
      blocking.awaitAgreement(limit);
    }
    return blocking;
  }

  @Override
  public FrameStream openFrames(String protocol, int maxFrame, FrameListener listener) {
    var stream = admit(List.of(protocol));
    var listening = new ListeningStream(stream, maxFrame, listener);
    stream.attach(listening);
    stream.launch();
    return listening;
  }

  private MuxedStream admit(List<String> proposals) {
    if (!isOpen()) {
      throw connectionClosed();
    }
    // Made first: a protocol that cannot be proposed takes no place.
    var stream = MuxedStream.outbound(this, proposals);
    if (!streams.reserveOutbound()) {
      throw new StreamException(
          Reason.LIMIT, "too many streams to " + peer() + " are open already");
    }
    return stream;
  }

  @Override
  public PeerId peer() {
    return meeting.peer();
  }

  @Override
  public PublicKey peerKey() {
    return meeting.key();
  }

  @Override
  public Direction direction() {
    return meeting.direction();
  }

  @Override
  public Multiaddr remoteAddress() {
    return meeting.remote();
  }

  @Override
  public Multiaddr localAddress() {
    return meeting.local();
  }

  @Override
  public RemoteNetwork network() {
    return meeting.network();
  }

  @Override
  public Instant openedAt() {
    return meeting.at();
  }

  @Override
  public boolean isOpen() {
    return open && !aboutToLeave;
  }

  @Override
  public int streams() {
    return streams.size();
  }

  @Override
  public long since() {
    return since;
  }

  @Override
  public long quietSince() {
    return quietSince;
  }

  @Override
  public void close() {
    aboutToLeave = true;
    link.execute(this::leave);
  }

  @Override
  public String toString() {
    return meeting.toString();
  }
}
