package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.internal.yamux.YamuxEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a crowd of strangers from many networks can make a host hold.
class CrowdTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long BUDGET = 2 << 20;
  private static final int CROWD = 20;
  private static final int MANY = 200 << 10;

  /// Takes requests of up to 4 MiB, and answers each with 200 KiB.
  private static final String FRAMES = "/frames/1";

  /// Reads frames of up to 4 MiB.
  private static final String READING = "/reading/1";

  /// Reads nothing.
  private static final String DEAF = "/deaf/1";

  @RegisterExtension private final Hosts hosts = new Hosts();
  private final List<RawPeer> crowd = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  /// Ways to have a host hold some hundred KiB.
  enum Attack {
    PART_OF_A_REQUEST {
      @Override
      void run(RawPeer peer) throws IOException {
        announce(peer, peer.open(FRAMES));
      }
    },
    PART_OF_A_FRAME_READ_BY_A_THREAD {
      @Override
      void run(RawPeer peer) throws IOException {
        announce(peer, peer.open(READING));
      }
    },
    DATA_THAT_NOBODY_READS {
      @Override
      void run(RawPeer peer) throws IOException {
        peer.send(peer.open(DEAF), new byte[MANY]);
      }
    },
    PARTS_OF_IDENTIFY_MESSAGES {
      @Override
      void run(RawPeer peer) throws IOException {
        for (int i = 0; i < 4; i++) {
          peer.send(peer.open("/ipfs/id/push/1.0.0"), new byte[70 << 10]);
        }
      }
    },
    PART_OF_A_NOISE_FRAME {
      @Override
      void run(RawPeer peer) throws IOException {
        announce(peer, peer.open(FRAMES));
        peer.sendPartOfAFrame(65_000);
      }
    },
    MANY_STREAMS {
      @Override
      void run(RawPeer peer) throws IOException {
        for (int i = 0; i < 200; i++) {
          peer.open(DEAF);
        }
      }
    },
    ANSWERS_NOBODY_READS {
      @Override
      void run(RawPeer peer) throws IOException {
        int stream = peer.open(FRAMES);
        for (int i = 0; i < 64; i++) {
          peer.send(stream, new byte[] {1, 1});
        }
      }
    };

    abstract void run(RawPeer peer) throws IOException;

    /// Says that a frame of 4 MiB comes, and sends a part of it.
    static void announce(RawPeer peer, int stream) throws IOException {
      peer.send(stream, new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, 2});
      peer.send(stream, new byte[MANY]);
    }
  }

  private Host server(Limits limits) {
    Host server = hosts.start(limits);
    byte[] answer = new byte[MANY];
    server.handleFrames(
        FRAMES, new FrameLimits(4 << 20, 32, 8), (_, _, _, _, exchange) -> exchange.reply(answer));
    server.handle(READING, stream -> stream.readFrame(4 << 20));
    server.handle(DEAF, _ -> awaitEnd());
    return server;
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException closing) {
      // The host is closed.
    }
  }

  @AfterEach
  void disperse() throws IOException {
    over.countDown();
    for (RawPeer peer : crowd) {
      peer.close();
    }
  }

  @ParameterizedTest
  @Timeout(60)
  @EnumSource(Attack.class)
  void aGreedyCrowdStaysWithinTheBudgetAndCostsNobodyElseItsService(Attack attack)
      throws Exception {
    Host server = server(Limits.defaults().withMaxHeldBytes(BUDGET).withMaxConnections(100));
    var turnedOut = new CountDownLatch(1);
    Connection good = hosts.start().connect(server.info(), LIMIT);
    try (var ping = Ping.on(good, LIMIT);
        var _ =
            server.observe(event -> {
              if (event instanceof HostEvent.Disconnected) {
                turnedOut.countDown();
              }
            })) {
      for (int i = 0; i < CROWD; i++) {
        var peer = new RawPeer(server.addresses().getFirst(), "127.0.1." + i);
        crowd.add(peer);
        try {
          attack.run(peer);
        } catch (IOException turnedOutAlready) {
          // It has held most of all.
        }
        assertThat(ping.once(LIMIT)).isPositive();
        until(() -> server.heldBytes() <= BUDGET);
      }
      assertThat(turnedOut.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(good.isOpen()).isTrue();
    }
  }

  @Test
  @Timeout(20)
  void t22WhoSaysAllTheTimeWhoItIsIsNotListenedTo() throws Exception {
    Host server = hosts.start();
    var listened = new AtomicInteger();
    try (var _ =
            server.observe(event -> {
              if (event instanceof HostEvent.Identified) {
                listened.incrementAndGet();
              }
            });
        var peer = new RawPeer(server.addresses().getFirst(), "127.0.1.1")) {
      for (int i = 0; i < 200; i++) {
        int stream = peer.open("/ipfs/id/push/1.0.0");
        peer.send(stream, new byte[] {2, 0x32, 0});
        peer.finish(stream);
      }
      while (peer.hear().stream().noneMatch(YamuxEvent.Reset.class::isInstance)) {
        // It comes, or the test times out.
      }

      assertThat(listened.get()).isBetween(1, 150);
    }
  }

  @Test
  @Timeout(20)
  void whatAConnectionHeldIsFreeWhenItEnds() throws Exception {
    Host server = server(Limits.defaults());
    try (var peer = new RawPeer(server.addresses().getFirst(), "127.0.1.1")) {
      Attack.PART_OF_A_REQUEST.run(peer);
      until(() -> server.heldBytes() > MANY);
    }
    until(() -> server.heldBytes() == 0);
  }

  @Test
  @Timeout(20)
  void aClosedConnectionDoesNotWaitForEverForAPeerThatDoesNotRead() throws Exception {
    Host server =
        server(
            Limits.defaults()
                .withTimeouts(
                    Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(10)));
    try (var peer = new RawPeer(server.addresses().getFirst(), "127.0.1.1")) {
      Attack.ANSWERS_NOBODY_READS.run(peer);
      until(() -> server.heldBytes() > 5 * MANY);

      server.connections().forEach(Connection::close);

      until(() -> server.heldBytes() == 0);
    }
  }

  private static void until(BooleanSupplier happened) {
    while (!happened.getAsBoolean()) {
      Thread.yield();
      if (Thread.interrupted()) {
        throw new AssertionError("it does not happen");
      }
    }
  }
}
