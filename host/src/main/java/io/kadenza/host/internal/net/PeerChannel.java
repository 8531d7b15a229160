package io.kadenza.host.internal.net;

import io.kadenza.host.DialException;
import io.kadenza.host.Direction;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.negotiate.Negotiation;
import io.kadenza.host.internal.noise.NoiseException;
import io.kadenza.host.internal.noise.NoiseHandshake;
import io.kadenza.host.internal.noise.NoiseSession;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The Netty side of one connection: received bytes go through the upgrade's machines (security
/// negotiation, Noise, muxer negotiation) and then to a [MuxedConnection]; what they put out is
/// sealed and written once at the end of each turn of the event loop.
final class PeerChannel extends ChannelInboundHandlerAdapter implements Link {
  static final String NOISE = "/noise";
  static final String YAMUX = "/yamux/1.0.0";

  /// Everything is copied once out of Netty's buffer into this array of the event loop's, where
  /// Noise decrypts it in place.
  private static final FastThreadLocal<byte[]> SCRATCH =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[64 * 1024];
        }
      };

  /// Shared by the connections of an event loop, since sealing and writing happen in one go.
  private static final FastThreadLocal<OutBuffer> CIPHER =
      new FastThreadLocal<>() {
        @Override
        protected OutBuffer initialValue() {
          return new OutBuffer();
        }
      };

  private final ConnectionContext context;
  private final Direction direction;
  private final @Nullable PeerId expected;
  private final CompletableFuture<MuxedConnection> ready;
  private final Multiaddr remote;
  private final Multiaddr local;
  private final Channel channel;

  /// The last words of a negotiation that is over, to leave together with what follows them.
  private final OutBuffer settled = new OutBuffer();

  private @Nullable Negotiation negotiation;
  private @Nullable NoiseHandshake handshake;
  private @Nullable NoiseSession session;
  private @Nullable MuxedConnection connection;

  /// @param ready completed with the connection, or with a [DialException]
  PeerChannel(
      Channel channel,
      ConnectionContext context,
      Direction direction,
      @Nullable PeerId expected,
      Multiaddr local,
      Multiaddr remote,
      CompletableFuture<MuxedConnection> ready) {
    this.channel = channel;
    this.context = context;
    this.direction = direction;
    this.expected = expected;
    this.local = local;
    this.remote = remote;
    this.ready = ready;
  }

  /// Begins the upgrade on a connected channel, in its event loop.
  void begin() {
    channel.pipeline().addLast(this);
    channel.config().setAutoRead(true);
    if (direction == Direction.OUTBOUND) {
      // One flight: the proposal and Noise's first message, which needs no answer to be written.
      negotiation = Negotiation.dialer(List.of(NOISE));
      handshake = NoiseHandshake.initiator(context.identity(), expected, List.of(YAMUX));
    } else {
      negotiation = Negotiation.listener(NOISE::equals);
      handshake = NoiseHandshake.responder(context.identity(), List.of(YAMUX));
    }
    flush();
    Future<?> patience =
        later(
            () -> fail(DialException.Reason.TIMEOUT, "the handshake took too long"),
            context.limits().handshakeTimeout().toNanos(),
            TimeUnit.NANOSECONDS);
    var _ = ready.whenComplete((_, _) -> patience.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf received = (ByteBuf) message;
    if (connection != null) {
      if (!connection.isOpen()) {
        // Not worth deciphering: the peer is being left.
        received.release();
        return;
      }
      connection.readBegins();
    }
    try {
      byte[] scratch = SCRATCH.get();
      while (received.isReadable() && channel.isOpen()) {
        int n = Math.min(scratch.length, received.readableBytes());
        received.readBytes(scratch, 0, n);
        take(scratch, n);
      }
    } catch (NoiseException e) {
      fail(
          e.kind() == NoiseException.Kind.WRONG_PEER
              ? DialException.Reason.WRONG_PEER
              : DialException.Reason.PROTOCOL,
          String.valueOf(e.getMessage()));
    } catch (MalformedException e) {
      fail(DialException.Reason.PROTOCOL, String.valueOf(e.getMessage()));
    } finally {
      received.release();
    }
  }

  private void take(byte[] buffer, int length) {
    int at = 0;
    while (at < length && channel.isOpen()) {
      if (negotiation != null && session == null) {
        at += negotiation.receive(buffer, at, length - at);
        if (!agreed(negotiation)) {
          return;
        }
        take(negotiation.output(), settled);
        negotiation = null;
      } else if (session == null && handshake != null) {
        at += handshake.receive(buffer, at, length - at);
        if (handshake.done()) {
          secured(handshake.session());
        }
      } else if (session != null) {
        session.receive(buffer, at, length - at, this::plaintext);
        return;
      } else {
        return;
      }
    }
  }

  /// Whether a negotiation has agreed; ends the connection when it cannot.
  private boolean agreed(Negotiation talk) {
    return switch (talk.state()) {
      case AGREED -> true;
      case NEGOTIATING -> false;
      case REFUSED, FAILED -> {
        fail(DialException.Reason.PROTOCOL, "no common protocol: " + talk.failure());
        yield false;
      }
    };
  }

  private void secured(NoiseSession secure) {
    // Noise's last message must leave before anything that the session encrypts.
    flush();
    session = secure;
    handshake = null;
    if (secure.muxer().isPresent()) {
      establish(secure);
    } else {
      negotiation =
          direction == Direction.OUTBOUND
              ? Negotiation.dialer(List.of(YAMUX))
              : Negotiation.listener(YAMUX::equals);
    }
  }

  private void plaintext(byte[] buffer, int offset, int length) {
    int at = offset;
    int end = offset + length;
    if (negotiation != null && session != null) {
      at += negotiation.receive(buffer, at, end - at);
      if (!agreed(negotiation)) {
        return;
      }
      flush();
      negotiation = null;
      establish(session);
    }
    if (connection != null && at < end) {
      connection.receive(buffer, at, end - at);
    }
  }

  private void establish(NoiseSession secure) {
    var muxed =
        new MuxedConnection(
            this,
            context,
            new Meeting(secure.remotePeer(), secure.remoteKey(), direction, local, remote));
    connection = muxed;
    if (muxed.start()) {
      ready.complete(muxed);
    } else {
      ended(
          DialException.Reason.REFUSED,
          "this host does not take the connection: it leads to itself, or is one too many");
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (connection != null) {
      connection.turn();
    } else {
      flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (connection != null && channel.isWritable()) {
      connection.resume();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (connection != null) {
      connection.linkClosed();
    }
    ended(DialException.Reason.PROTOCOL, "the peer closed the connection in the handshake");
    // Somebody may keep the connection; the part of a message that did not come is no use to him.
    session = null;
    handshake = null;
    negotiation = null;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(cause);
  }

  /// Whatever was being done is half done, and what came with it lost: the connection is over.
  private void failed(Throwable cause) {
    if (cause instanceof Error error) {
      // A full heap or a broken class is the process's affair and must not pass for a peer's fault.
      fail(DialException.Reason.REFUSED, "this host has failed: " + error);
      throw error;
    }
    fail(DialException.Reason.PROTOCOL, String.valueOf(cause.getMessage()));
  }

  private void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error bug) {
      failed(bug);
      throw bug;
    }
  }

  /// Ends a handshake that others wait for the end of; an established connection stays. May be
  /// called by any thread.
  void giveWay() {
    if (ended(DialException.Reason.REFUSED, "gave way to a newer handshake")) {
      var _ = channel.close();
    }
  }

  private void fail(DialException.Reason reason, String why) {
    ended(reason, why);
    var _ = channel.close();
  }

  /// @return whether it had not ended, nor been established, before
  private boolean ended(DialException.Reason reason, String why) {
    boolean first = ready.completeExceptionally(new DialException(reason, why));
    if (first && direction == Direction.INBOUND) {
      context.owner().inboundFailed(remote, why);
    }
    return first;
  }

  // ---- the link ----

  @Override
  public void execute(Runnable task) {
    try {
      channel.eventLoop().execute(() -> attempt(task));
    } catch (RejectedExecutionException loopHasEnded) {
      // So have the connection and its streams, as the interface says: nothing is left to be done.
    }
  }

  @Override
  public boolean inLoop() {
    return channel.eventLoop().inEventLoop();
  }

  @Override
  public Future<?> later(Runnable task, long delay, TimeUnit unit) {
    return channel
        .eventLoop()
        .schedule(
            () -> {
              if (channel.isOpen()) {
                attempt(task);
              }
            },
            delay,
            unit);
  }

  @Override
  public boolean writable() {
    return channel.isWritable();
  }

  @Override
  public void flush() {
    // A full socket keeps the output waiting in the muxer, whose bounds see who does not read.
    if (!channel.isActive() || (connection != null && !channel.isWritable())) {
      return;
    }
    ByteBuf words = sealed();
    if (words != null) {
      var _ = channel.writeAndFlush(words, channel.voidPromise());
    }
  }

  /// What there is to say, encrypted as far as the upgrade has come; null if that is nothing.
  private @Nullable ByteBuf sealed() {
    OutBuffer out = CIPHER.get();
    try {
      if (session == null) {
        take(settled, out);
        take(negotiation == null ? null : negotiation.output(), out);
        // The responder has nothing to say before it has been spoken to; the initiator's first
        // message follows its proposal.
        take(handshake == null ? null : handshake.output(), out);
      } else if (negotiation != null) {
        session.seal(negotiation.output(), out);
      } else if (connection != null) {
        session.seal(connection.output(), out);
      }
      return out.isEmpty()
          ? null
          : channel.alloc().ioBuffer(out.size()).writeBytes(out.array(), out.start(), out.size());
    } finally {
      // Also where memory has run out: it must not go to the peer of whoever is next.
      out.clear();
    }
  }

  private static void take(@Nullable OutBuffer from, OutBuffer to) {
    if (from != null && !from.isEmpty()) {
      from.drainTo(to);
    }
  }

  @Override
  public long held() {
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    return (session == null ? 0 : session.held())
        + (unsent == null ? 0 : unsent.totalPendingWriteBytes());
  }

  @Override
  public void close() {
    ChannelFuture said =
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    if (!said.isDone()) {
      // A peer that takes nothing would keep the socket, and all that waits for it, for ever.
      long patience = context.limits().streamTimeout().toNanos();
      var deadline = channel.eventLoop().schedule(this::drop, patience, TimeUnit.NANOSECONDS);
      channel.closeFuture().addListener(_ -> deadline.cancel(false));
    }
  }

  @Override
  public void drop() {
    var _ = channel.close();
  }
}
