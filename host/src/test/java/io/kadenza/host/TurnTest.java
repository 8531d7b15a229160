package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.host.internal.net.ConnectionContext;
import io.kadenza.host.internal.net.ConnectionOwner;
import io.kadenza.host.internal.net.MemoryBudget;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.MuxedStream;
import io.kadenza.host.internal.net.Protocols;
import io.kadenza.host.internal.net.StreamSink;
import io.kadenza.host.internal.net.StreamThreads;
import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.multiformats.Multiaddr;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long one connection that sends all the time keeps an event loop from everybody else.
class TurnTest {
  private static final String BULK = "/bulk/1";
  private static final int ALL = 12 << 20;

  /// Four reads of 64 KiB.
  private static final int TURN = 256 << 10;

  /// Of which the first may complete a Noise frame that had begun before.
  private static final int FRAME = 64 << 10;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final StreamThreads threads = new StreamThreads();

  @AfterEach
  void end() {
    threads.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /// A task of the loop is run when every connection has had its turn. So whoever asks for one
  /// whenever the last was run learns how much came in between.
  private final class Turns implements StreamSink {
    private final MuxedStream stream;
    private final CompletableFuture<Integer> longest;
    private int total;
    private int thisTurn;
    private int most;

    Turns(MuxedStream stream, CompletableFuture<Integer> longest) {
      this.stream = stream;
      this.longest = longest;
    }

    @Override
    public void data(byte[] buffer, int offset, int length) {
      if (thisTurn == 0) {
        loop.execute(this::turnIsOver);
      }
      thisTurn += length;
      stream.consumed(length);
    }

    private void turnIsOver() {
      total += thisTurn;
      most = Math.max(most, thisTurn);
      thisTurn = 0;
      if (total >= ALL) {
        longest.complete(most);
      }
    }

    @Override
    public void finished() {}

    @Override
    public void failed(StreamException why) {
      longest.completeExceptionally(why);
    }
  }

  private static final class Doorkeeper implements ConnectionOwner {
    @Override
    public boolean opened(MuxedConnection connection) {
      return true;
    }

    @Override
    public void closed(MuxedConnection connection) {}

    @Override
    public void inboundFailed(Multiaddr from, String why) {}
  }

  @Test
  @Timeout(60)
  void whoSendsAsFastAsHeCanLeavesTheOthersTheirTurn() throws Exception {
    var longest = new CompletableFuture<Integer>();
    var protocols = new Protocols();
    protocols.add(BULK, stream -> new Turns(stream, longest));
    var identity = Identity.generate(KeyType.ED25519);
    var limits = Limits.defaults();
    var transport =
        new TcpTransport(
            loop,
            new ConnectionContext(
                NoiseIdentity.create(identity, CryptoSuite.best()),
                protocols,
                limits,
                threads,
                new MemoryBudget(limits),
                new Doorkeeper()));
    var listening = transport.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
    var here = TcpTransport.multiaddr((InetSocketAddress) listening.localAddress());

    try (var sender = new RawPeer(here, "127.0.0.1")) {
      sender.send(sender.open(BULK), new byte[ALL]);

      assertThat(longest.get(30, TimeUnit.SECONDS)).isLessThanOrEqualTo(TURN + FRAME);
    }
  }
}
