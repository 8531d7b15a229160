package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.Stream;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.multiformats.Bytes;
import io.kadenza.node.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A network in which somebody has been suspended: connections stand, and nothing comes.
class HangingPeerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean suspended;

  @Test
  void aPeerThatHangsDoesNotTakeAllTheTimeThatAQuestionHas() throws InterruptedException {
    try (Node server = LocalNode.server(directory);
        Host other =
            Host.builder(Identity.generate(KeyType.ED25519))
                .listen("/ip4/127.0.0.1/tcp/0")
                .start()) {
      server.dht().put(Bytes.utf8("/v/hello"), Bytes.utf8("world"), LIMIT);
      other.handle("/ipfs/kad/1.0.0", stream -> answer(other, stream));
      try (var events = server.dht().events(64)) {
        other.connect(server.host().info(), LIMIT);
        while (!(events.next(LIMIT).orElseThrow() instanceof EngineEvent.PeerAdded)) {}
      }
      suspended = true;
      var get = new Session(directory);

      get.run("get", "/v/hello", "--timeout", "3s");

      assertThat(get.out()).as(get.err()).isEqualTo("world");
    } finally {
      over.countDown();
    }
  }

  private void answer(Host self, Stream stream) {
    while (stream.readFrame(KadCodec.MAX_MESSAGE_BYTES) != null) {
      if (suspended) {
        hang();
        return;
      }
      stream.writeFrame(KadCodec.encodeCloser(List.of(Contact.of(self.info()))));
    }
  }

  private void hang() {
    try {
      over.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
