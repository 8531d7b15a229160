package io.kadenza.gossip.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.gossip.PubSub;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.RpcLimits;
import io.kadenza.host.Host;
import io.kadenza.host.Stream;
import io.kadenza.host.StreamException;
import io.kadenza.multiformats.Varint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InboundStreamsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  @Timeout(60)
  void aStreamThatComesWhileItEndsIsResetAndNotReadForEver() throws Exception {
    var streams =
        new InboundStreams(
            (_, _) -> {
              throw new IllegalStateException("no link is made any more");
            },
            (_, _) -> true);
    var arrived = new CountDownLatch(1);
    var handled = new CountDownLatch(1);
    var failure = new AtomicReference<Throwable>();
    try (Host ours = host();
        Host theirs = host()) {
      ours.handle(
          MeshProtocol.V1_1.id(),
          stream -> {
            arrived.countDown();
            streams.close();
            try {
              streams.handle(stream);
            } catch (RuntimeException e) {
              failure.set(e);
            }
            handled.countDown();
          });
      Stream sent = theirs.open(ours.info(), List.of(MeshProtocol.V1_1.id()), LIMIT);
      sent.writeFrame(new byte[0]);
      arrived.await();
      handled.await();

      assertThat(failure).hasNullValue();
      assertThatThrownBy(() -> sent.read(new byte[1], 0, 1)).isInstanceOf(StreamException.class);
    }
  }

  @Test
  @Timeout(60)
  void aStreamWithAFrameBeyondTheLimitIsResetAndNotJustEnded() {
    try (Host ours = host();
        Host theirs = host();
        var _ = PubSub.builder(ours).start()) {
      Stream sent = theirs.open(ours.info(), List.of(MeshProtocol.V1_1.id()), LIMIT);
      byte[] length = Varint.encode(RpcLimits.MAX_RPC_BYTES + 1L);
      sent.write(length, 0, length.length);

      assertThatThrownBy(() -> sent.read(new byte[1], 0, 1)).isInstanceOf(StreamException.class);
    }
  }

  private static Host host() {
    return Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
  }
}
