package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.gossip.PubSub;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.host.Host;
import io.kadenza.host.StreamException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StrangersInTheLogTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger program = context.getLogger("io.kadenza");
  private final BlockingQueue<ILoggingEvent> lines = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          lines.add(line);
        }
      };

  @BeforeEach
  void listen() {
    program.setLevel(Level.DEBUG);
    program.setAdditive(false);
    appender.setContext(context);
    appender.start();
    program.addAppender(appender);
  }

  @AfterEach
  void leave() {
    program.detachAppender(appender);
    program.setAdditive(true);
    program.setLevel(null);
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

    assertThat(lines).noneMatch(line -> line.getLoggerName().startsWith("io.kadenza.gossip"));
  }

  @Test
  void aResetInAUsersHandlerIsALineWithoutATrace() throws InterruptedException {
    var reading = new CountDownLatch(1);
    try (Host server = host();
        Host stranger = host()) {
      server.handle(
          "/echo/1",
          stream -> {
            stream.read(new byte[1], 0, 1);
            reading.countDown();
            stream.read(new byte[1], 0, 1);
          });
      var stream = stranger.open(server.info(), List.of("/echo/1"), LIMIT);
      stream.write(new byte[1], 0, 1);
      assertThat(reading.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      stream.reset();

      assertThat(about("/echo/1").getThrowableProxy()).isNull();
    }
  }

  private ILoggingEvent about(String what) throws InterruptedException {
    while (true) {
      ILoggingEvent line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(line).as("a line about " + what).isNotNull();
      if (line.getFormattedMessage().contains(what)) {
        return line;
      }
    }
  }
}
