package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.gossip.PubSub;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.host.Host;
import io.kadenza.host.StreamException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StrangersInTheLogTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger gossip = context.getLogger("io.kadenza.gossip");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    gossip.setLevel(Level.DEBUG);
    lines.setContext(context);
    lines.start();
    gossip.addAppender(lines);
  }

  @AfterEach
  void leave() {
    gossip.detachAppender(lines);
    gossip.setLevel(null);
  }

  private static Host host() {
    return Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
  }

  /// A stream costs him 100 bytes, and a line as much of somebody's disk.
  @Test
  void aStrangerDoesNotFillAVerboseLog() {
    try (Host server = host();
        PubSub _ = PubSub.builder(server).start();
        Host stranger = host()) {
      for (int i = 0; i < 3; i++) {
        var stream = stranger.open(server.info(), List.of(MeshProtocol.V1_1.id()), LIMIT);
        stream.timeout(LIMIT);
        stream.writeFrame(new byte[] {-1, -1, -1});
        assertThatThrownBy(() -> stream.read(new byte[1], 0, 1))
            .isInstanceOf(StreamException.class);
      }
    }

    assertThat(lines.list).isEmpty();
  }
}
