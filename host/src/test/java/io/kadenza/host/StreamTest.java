package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What goes over the streams between two hosts.
class StreamTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ECHO = "/echo/1.0.0";

  @RegisterExtension private final Hosts hosts = new Hosts();

  @Test
  void manyStreamsCarryTheirOwnBytesAtOnce() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handle(ECHO, Hosts::echo);
    long seed = new Random().nextLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        var random = new Random(seed + i);
        results.add(CompletableFuture.supplyAsync(() -> echoes(client, server, random), threads));
      }
      for (var result : results) {
        assertThat(result.get(30, TimeUnit.SECONDS)).as("seed %d", seed).isTrue();
      }
    }
  }

  private static boolean echoes(Host client, Host server, Random random) {
    try (var stream = client.open(server.info(), List.of(ECHO), LIMIT)) {
      for (int i = 0; i < 5; i++) {
        byte[] sent = new byte[random.nextInt(50_000)];
        random.nextBytes(sent);
        stream.writeFrame(sent);
        if (!Arrays.equals(sent, stream.readFrame(1 << 20))) {
          return false;
        }
      }
      stream.closeWrite();
      return stream.readFrame(10) == null;
    }
  }

  @Test
  void bulkLargerThanAllWindowsArrivesWhole() {
    Host server = hosts.start();
    Host client = hosts.start();
    int size = 8 << 20;
    var sum = new CompletableFuture<Long>();
    server.handle(
        "/sink/1",
        stream -> {
          byte[] buffer = new byte[10_000];
          long total = 0;
          int n;
          while ((n = stream.read(buffer, 0, buffer.length)) >= 0) {
            total += n;
          }
          sum.complete(total);
        });
    try (var stream = client.open(server.info(), List.of("/sink/1"), LIMIT)) {
      byte[] piece = new byte[65_536];
      for (int sent = 0; sent < size; sent += piece.length) {
        stream.write(piece, 0, piece.length);
      }
      stream.closeWrite();
      assertThat(sum.join()).isEqualTo(size);
    }
  }

  @Test
  void anUnservedProtocolIsUnsupported() {
    Host server = hosts.start();
    Host client = hosts.start();
    var lone = client.open(server.info(), List.of("/none/1"), LIMIT);

    var atRead = catchThrowableOfType(StreamException.class, () -> lone.readFrame(10));
    var atOpen =
        catchThrowableOfType(
            StreamException.class,
            () -> client.open(server.info(), List.of("/none/1", "/none/2"), LIMIT));

    assertThat(atRead.reason()).isEqualTo(StreamException.Reason.UNSUPPORTED);
    assertThat(atOpen.reason()).isEqualTo(StreamException.Reason.UNSUPPORTED);
  }

  @Test
  void theFirstSharedProtocolOfSeveralIsAgreedOn() {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handle(ECHO, Hosts::echo);
    try (var stream = client.open(server.info(), List.of("/none/1", ECHO), LIMIT)) {
      assertThat(stream.protocol()).isEqualTo(ECHO);
      stream.writeFrame(new byte[] {7});
      assertThat(stream.readFrame(10)).containsExactly(7);
    }
  }

  /// A recursion too deep, say, of which the peer decides: it must not leave the stream open.
  @Test
  void aHandlerThatEndsInAnErrorHasItsStreamReset() {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handle(
        "/error/1",
        _ -> {
          throw new StackOverflowError("of the test");
        });
    var stream = client.open(server.info(), List.of("/error/1"), LIMIT);
    stream.timeout(LIMIT);

    var failure = catchThrowableOfType(StreamException.class, () -> stream.readFrame(10));

    assertThat(failure.reason()).isEqualTo(StreamException.Reason.RESET);
  }
}
