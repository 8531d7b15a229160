package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.host.Direction;
import io.kadenza.host.Limits;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.multiformats.Multiaddr;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Connections of one event loop, which is the test's thread, and their first words.
class PeerChannelTest {
  private static final Multiaddr HERE = Multiaddr.parse("/ip4/127.0.0.1/tcp/1");

  private final Limits limits = Limits.defaults();
  private final StreamThreads threads = new StreamThreads();
  private final ConnectionContext context =
      new ConnectionContext(
          NoiseIdentity.create(Identity.generate(KeyType.ED25519), CryptoSuite.best()),
          new Protocols(),
          limits,
          threads,
          new MemoryBudget(limits),
          new Nobody());

  /// Has no memory for what a socket takes.
  private static final class Exhausted extends AbstractByteBufAllocator {
    @Override
    protected ByteBuf newHeapBuffer(int bytes, int most) {
      throw new OutOfMemoryError("as if");
    }

    @Override
    protected ByteBuf newDirectBuffer(int bytes, int most) {
      throw new OutOfMemoryError("as if");
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }

  private void begin(Channel channel) {
    new PeerChannel(
            channel, context, Direction.OUTBOUND, null, HERE, HERE, new CompletableFuture<>())
        .begin();
  }

  private static int said(EmbeddedChannel channel) {
    ByteBuf words = channel.readOutbound();
    try {
      return words.readableBytes();
    } finally {
      words.release();
      var _ = channel.finishAndReleaseAll();
    }
  }

  @AfterEach
  void end() {
    threads.close();
  }

  @Test
  void whatOneConnectionFoundNoMemoryToSendIsNotSentOnTheNext() {
    var usual = new EmbeddedChannel();
    begin(usual);
    int firstWords = said(usual);
    var poor = new EmbeddedChannel();
    poor.config().setAllocator(new Exhausted());
    assertThatThrownBy(() -> begin(poor)).isInstanceOf(OutOfMemoryError.class);

    var next = new EmbeddedChannel();
    begin(next);

    assertThat(said(next)).isEqualTo(firstWords);
    var _ = poor.finishAndReleaseAll();
  }
}
