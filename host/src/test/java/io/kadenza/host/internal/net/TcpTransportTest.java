package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.host.DialException;
import io.kadenza.host.Limits;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.multiformats.Multiaddr;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Dials while the host ends.
class TcpTransportTest {
  private static final Multiaddr SOMEWHERE = Multiaddr.parse("/ip4/127.0.0.1/tcp/1");

  private final Limits limits = Limits.defaults();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private final TcpTransport transport =
      new TcpTransport(
          loops,
          new ConnectionContext(
              NoiseIdentity.create(Identity.generate(KeyType.ED25519), CryptoSuite.best()),
              new Protocols(),
              limits,
              new StreamThreads(),
              new MemoryBudget(limits),
              new Nobody()));

  @Test
  void aDialAfterTheEventLoopsHaveEndedFailsAtOnceBecauseTheHostIsClosed() {
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();

    var dial = transport.dial(SOMEWHERE, null);

    assertThat(dial.isCompletedExceptionally()).isTrue();
    assertThat(dial.exceptionNow())
        .isInstanceOfSatisfying(
            DialException.class,
            why -> assertThat(why.reason()).isEqualTo(DialException.Reason.REFUSED))
        .hasMessage("the host is closed");
  }
}
