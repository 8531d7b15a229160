package io.kadenza.bench;

import io.kadenza.host.Limits;
import io.kadenza.host.internal.net.ConnectionContext;
import io.kadenza.host.internal.net.ConnectionOwner;
import io.kadenza.host.internal.net.MemoryBudget;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.Protocols;
import io.kadenza.host.internal.net.StreamThreads;
import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.multiformats.Multiaddr;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Where the load comes from: one event loop that dials as many peers, each a transport of its own.
/// Safe for use by any thread.
final class Generator implements AutoCloseable {
  /// A server that is being filled checks a few at a time and lets few wait.
  private static final int DIALS_AT_A_TIME = 32;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("load", true), NioIoHandler.newFactory());
  private final StreamThreads threads = new StreamThreads();
  private final MemoryBudget budget = new MemoryBudget(Limits.defaults());

  /// A connection of `peer` with the server, completed in the event loop.
  ///
  /// @param serves what the peer answers when the server asks back
  CompletableFuture<MuxedConnection> dial(LoadPeer peer, Protocols serves, Multiaddr server) {
    var context =
        new ConnectionContext(
            peer.noise(), serves, Limits.defaults(), threads, budget, new Indifferent());
    return new TcpTransport(loop, context).dial(server, server.peerId().orElse(null));
  }

  /// Connections of many peers, some being dialled at a time.
  ///
  /// @param serves what each answers when the server asks back
  List<MuxedConnection> dialAll(
      List<LoadPeer> peers, Function<LoadPeer, Protocols> serves, Multiaddr server)
      throws InterruptedException {
    var dialling = new Semaphore(DIALS_AT_A_TIME);
    var dials = new ArrayList<CompletableFuture<MuxedConnection>>(peers.size());
    for (LoadPeer peer : peers) {
      dialling.acquire();
      dials.add(dial(peer, serves.apply(peer), server).whenComplete((_, _) -> dialling.release()));
    }
    try {
      return dials.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw new RaceException("cannot connect: " + e.getMessage(), e);
    }
  }

  /// Runs something in the event loop and waits for what it returns.
  <T> T inLoop(Callable<T> task) throws InterruptedException {
    return loop.submit(task).sync().getNow();
  }

  @Override
  public void close() {
    threads.close();
    loop.shutdownGracefully().awaitUninterruptibly();
  }

  private static final class Indifferent implements ConnectionOwner {
    @Override
    public boolean opened(MuxedConnection connection) {
      return true;
    }

    @Override
    public void closed(MuxedConnection connection) {}

    @Override
    public void inboundFailed(Multiaddr from, String why) {}
  }
}
