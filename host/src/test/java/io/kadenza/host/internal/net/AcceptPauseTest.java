package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// T44 at the listening socket: the system has no file descriptor left for who wants to come in.
class AcceptPauseTest {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<String> news = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final CountDownLatch accepted = new CountDownLatch(1);

  @AfterEach
  void end() {
    var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /// Cannot accept for the first attempts.
  private final class Starving extends NioServerSocketChannel {
    private final int until;

    Starving(int until) {
      this.until = until;
    }

    @Override
    protected int doReadMessages(List<Object> connections) throws Exception {
      if (attempts.incrementAndGet() <= until) {
        throw new IOException("Too many open files");
      }
      return super.doReadMessages(connections);
    }
  }

  private Channel listen(int failures, Duration pause) {
    return new ServerBootstrap()
        .group(loops)
        .channelFactory(() -> new Starving(failures))
        .handler(new AcceptPause(pause, news::add))
        .childHandler(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelActive(ChannelHandlerContext ctx) {
                accepted.countDown();
              }
            })
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .syncUninterruptibly()
        .channel();
  }

  private static Socket dial(Channel server) throws IOException {
    var address = (InetSocketAddress) server.localAddress();
    return new Socket(address.getAddress(), address.getPort());
  }

  @Test
  void t44WhoCannotAcceptForWantOfFilesSaysSoOnceAndTakesThoseWhoWaitedLater() throws Exception {
    Channel server = listen(5, Duration.ofMillis(2));
    try (Socket _ = dial(server)) {
      assertThat(accepted.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(news)
        .satisfiesExactly(
            first -> assertThat(first).contains("Too many open files", "ulimit -n"),
            second -> assertThat(second).startsWith("connections are accepted again"));
  }

  @Test
  void t44WhoCannotAcceptRestsInsteadOfSpinning() throws Exception {
    Channel server = listen(Integer.MAX_VALUE, Duration.ofDays(1));
    try (Socket _ = dial(server)) {
      while (news.isEmpty()) {
        Thread.onSpinWait();
      }
      // Behind whatever the loop would have done in haste.
      for (int turn = 0; turn < 100; turn++) {
        loops.submit(() -> {}).syncUninterruptibly();
      }
    }
    assertThat(attempts).hasValue(1);
    assertThat(server.isOpen()).isTrue();
  }
}
