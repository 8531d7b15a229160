package io.kadenza.host.internal.net;

import io.kadenza.crypto.PublicKey;
import io.kadenza.host.DialException;
import io.kadenza.host.Direction;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.noise.NoiseException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The Netty side of one connection: received bytes go through its [Upgrade] to a
/// [MuxedConnection]; what these put out is written once at the end of each turn of the event loop.
final class PeerChannel extends ChannelInboundHandlerAdapter implements Link, Upgrade.Listener {
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
  private final Upgrade upgrade;
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
    this.upgrade = new Upgrade(direction, this);
  }

  /// Begins the upgrade on a connected channel, in its event loop.
  void begin() {
    channel.pipeline().addLast(this);
    channel.config().setAutoRead(true);
    upgrade.begin(context.identity(), expected);
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
        upgrade.receive(scratch, 0, n);
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

  @Override
  public void refused(String why) {
    fail(DialException.Reason.PROTOCOL, why);
  }

  @Override
  public void upgraded(PublicKey peer) {
    // Noise's last message need not wait for what the owner makes of the connection.
    flush();
    var muxed =
        new MuxedConnection(
            this, context, new Meeting(peer.peerId(), peer, direction, local, remote));
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
  public void plaintext(byte[] buffer, int offset, int length) {
    if (connection != null) {
      connection.receive(buffer, offset, length);
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
    upgrade.end();
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
      upgrade.drainTo(out);
      if (connection != null) {
        upgrade.seal(connection.output(), out);
      }
      return out.isEmpty()
          ? null
          : channel.alloc().ioBuffer(out.size()).writeBytes(out.array(), out.start(), out.size());
    } finally {
      // Also where memory has run out: it must not go to the peer of whoever is next.
      out.clear();
    }
  }

  @Override
  public long held() {
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    return upgrade.held() + (unsent == null ? 0 : unsent.totalPendingWriteBytes());
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
