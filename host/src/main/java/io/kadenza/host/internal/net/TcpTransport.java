package io.kadenza.host.internal.net;

import io.kadenza.host.DialException;
import io.kadenza.host.Direction;
import io.kadenza.host.ListenException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.Protocol;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plain TCP under Noise and Yamux. Safe for use by any thread.
public final class TcpTransport {
  private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

  /// Above one full Noise frame, so that a bulk sender keeps the socket busy.
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  /// How much of one connection is read before the others of its event loop have their turn: a
  /// buffer of 64 KiB at most. That may be ten thousand requests, and takes tens of milliseconds to
  /// answer then, for each peer that sends so many; Netty's usual sixteen buffers are half a
  /// second.
  private static final RecvByteBufAllocator TURN =
      new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1);

  private static final int ACCEPT_BACKLOG = 1_024;

  private final EventLoopGroup loops;
  private final BooleanSupplier ending;

  /// Those of connections; whoever is added to them once they are closed is closed too.
  private final ChannelGroup sockets;

  private final ConnectionContext context;
  private final HalfOpen halfOpen;
  private final Arrivals arrivals = new Arrivals(System::nanoTime);

  public TcpTransport(EventLoops loops, ConnectionContext context) {
    this(loops.group(), loops::isEnding, loops.sockets(), context);
  }

  /// In loops that somebody else ends, and closes the sockets of.
  public TcpTransport(EventLoopGroup loops, ConnectionContext context) {
    this(
        loops,
        loops::isShuttingDown,
        new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE),
        context);
  }

  private TcpTransport(
      EventLoopGroup loops,
      BooleanSupplier ending,
      ChannelGroup sockets,
      ConnectionContext context) {
    this.loops = loops;
    this.ending = ending;
    this.sockets = sockets;
    this.context = context;
    this.halfOpen = new HalfOpen(context.limits().maxHalfOpen());
  }

  /// Whether `address` is one that this transport can dial as it stands: an IP literal and a TCP
  /// port, and nothing on top.
  public static boolean supports(Multiaddr address) {
    return address.ip().isPresent() && isTcpAlone(address);
  }

  /// Whether `address` is a place, by number or by name, and a TCP port, and nothing on top.
  public static boolean isTcpAlone(Multiaddr address) {
    return address.tcpPort().isPresent() && address.withoutPeer().components().size() == 2;
  }

  /// Listens on an IP literal and TCP port; port 0 takes a free one.
  ///
  /// @return the listening channel
  public Channel listen(Multiaddr address) {
    if (!supports(address)) {
      throw new ListenException(
          "cannot listen on " + address + ": expected /ip4/…/tcp/PORT or /ip6/…/tcp/PORT");
    }
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channelFactory(() -> serverChannel(address))
            .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(new AcceptPause(AcceptPause.PAUSE, LOG::warn))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, TURN)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    sockets.add(channel);
                    if (channel.isOpen()) {
                      accept(channel);
                    }
                  }
                })
            .bind(socketAddress(address))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new ListenException(
          "cannot listen on "
              + address
              + ": "
              + reason(bound.cause())
              + "; choose a port that is free, or 0, at an address of this machine",
          bound.cause());
    }
    return bound.channel();
  }

  /// Java's ordinary sockets take IPv4 and IPv6, also when they are bound to `0.0.0.0`: who asks
  /// for IPv4 would be open to all of IPv6.
  private static NioServerSocketChannel serverChannel(Multiaddr address) {
    boolean four = address.ip().orElseThrow() instanceof Inet4Address;
    return new NioServerSocketChannel(
        SelectorProvider.provider(), four ? SocketProtocolFamily.INET : null);
  }

  private void accept(SocketChannel channel) {
    var ready = new CompletableFuture<MuxedConnection>();
    Multiaddr remote = multiaddr(channel.remoteAddress());
    var network = RemoteNetwork.of(remote);
    if (!arrivals.admits(network)) {
      var _ = channel.close();
      context.owner().inboundFailed(remote, "its network connects too often");
      return;
    }
    PeerChannel peer = peer(channel, Direction.INBOUND, null, remote, ready);
    HalfOpen.Place place = halfOpen.enter(network, peer::giveWay);
    var _ = ready.whenComplete((_, _) -> place.leave());
    peer.begin();
  }

  private PeerChannel peer(
      SocketChannel channel,
      Direction direction,
      @Nullable PeerId expected,
      Multiaddr remote,
      CompletableFuture<MuxedConnection> ready) {
    Multiaddr local = multiaddr(channel.localAddress());
    return new PeerChannel(channel, context, direction, expected, local, remote, ready);
  }

  /// Connects and upgrades. Cancelling the future abandons the attempt.
  ///
  /// @param expected who has to answer, or null for anyone
  public CompletableFuture<MuxedConnection> dial(Multiaddr address, @Nullable PeerId expected) {
    if (ending.getAsBoolean()) {
      return CompletableFuture.failedFuture(closed());
    }
    var ready = new CompletableFuture<MuxedConnection>();
    ChannelFuture connecting;
    try {
      connecting = connect(address);
    } catch (RejectedExecutionException ended) {
      return CompletableFuture.failedFuture(closed());
    }
    connecting.addListener(done -> {
      if (!done.isSuccess()) {
        ready.completeExceptionally(
            new DialException(
                DialException.Reason.UNREACHABLE, reason(done.cause()), done.cause()));
      } else if (ready.isDone()) {
        var _ = connecting.channel().close();
      } else {
        var connected = (SocketChannel) connecting.channel();
        peer(connected, Direction.OUTBOUND, expected, address.withoutPeer(), ready).begin();
      }
    });
    var _ =
        ready.whenComplete((connection, _) -> {
          if (connection == null) {
            var _ = connecting.channel().close();
          }
        });
    Channel channel = connecting.channel();
    channel.closeFuture().addListener(_ -> overIfEnding(ready));
    if (!channel.isOpen()) {
      overIfEnding(ready);
    }
    return ready;
  }

  /// A loop that ends may never come to connect a socket, and one that has ended tells no listener:
  /// the dial would never be over.
  private void overIfEnding(CompletableFuture<MuxedConnection> dial) {
    if (ending.getAsBoolean()) {
      dial.completeExceptionally(closed());
    }
  }

  private static DialException closed() {
    return new DialException(DialException.Reason.REFUSED, "the host is closed");
  }

  private ChannelFuture connect(Multiaddr address) {
    return new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        // What the peer says first must wait until the upgrade is there to hear it.
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .option(ChannelOption.RECVBUF_ALLOCATOR, TURN)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) Math.min(Integer.MAX_VALUE, context.limits().handshakeTimeout().toMillis()))
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                // The upgrade begins once the channel is connected.
                sockets.add(channel);
              }
            })
        .connect(socketAddress(address));
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown cause";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static InetSocketAddress socketAddress(Multiaddr address) {
    return new InetSocketAddress(address.ip().orElseThrow(), address.tcpPort().orElseThrow());
  }

  /// The multiaddr of a socket's end.
  public static Multiaddr multiaddr(InetSocketAddress socket) {
    return Multiaddr.ofIp(socket.getAddress())
        .with(Protocol.TCP, Integer.toString(socket.getPort()));
  }
}
