package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Frames answered in an event loop, and listeners to them.
class HostFramesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ECHO = "/echo/1.0.0";

  @RegisterExtension private final Hosts hosts = new Hosts();

  @Test
  void framesAreAnsweredInTheirOrderEvenWhenAnsweredLate() {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handleFrames(
        "/double/1",
        new FrameLimits(1_000, 4, 3),
        (_, buffer, offset, length, exchange) -> {
          byte[] body = Arrays.copyOfRange(buffer, offset, offset + length);
          if (body[0] % 2 == 0) {
            exchange.reply(body);
          } else {
            Thread.startVirtualThread(() -> exchange.reply(body));
          }
        });
    try (var stream = client.open(server.info(), List.of("/double/1"), LIMIT)) {
      for (byte i = 0; i < 50; i++) {
        stream.writeFrame(new byte[] {i, 1, 2});
      }
      stream.closeWrite();
      for (byte i = 0; i < 50; i++) {
        assertThat(stream.readFrame(1_000)).containsExactly(i, 1, 2);
      }
      assertThat(stream.readFrame(1_000)).isNull();
    }
  }

  @Test
  void answersKeepTheirOrderWhicheverIsReadyFirst() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    var taken = new LinkedBlockingQueue<FrameHandler.Exchange>();
    server.handleFrames(
        "/late/1", new FrameLimits(10, 4, 2), (_, _, _, _, exchange) -> taken.add(exchange));
    try (var stream = client.open(server.info(), List.of("/late/1"), LIMIT)) {
      stream.writeFrame(new byte[] {1});
      stream.writeFrame(new byte[] {2});
      stream.writeFrame(new byte[] {3});
      var first = take(taken);
      var second = take(taken);
      assertThat(taken.peek()).as("two are pipelined at most").isNull();
      second.reply(new byte[] {20});
      first.reply(new byte[] {10});

      assertThat(stream.readFrame(10)).containsExactly(10);
      assertThat(stream.readFrame(10)).containsExactly(20);
      take(taken).done();
    }
  }

  private static FrameHandler.Exchange take(BlockingQueue<FrameHandler.Exchange> taken)
      throws InterruptedException {
    var exchange = taken.poll(20, TimeUnit.SECONDS);
    assertThat(exchange).isNotNull();
    return exchange;
  }

  @Test
  void aPostponedFrameIsHandedOverAgain() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    var postponed = new LinkedBlockingQueue<Runnable>();
    var offers = new AtomicInteger();
    server.handleFrames(
        "/again/1",
        new FrameLimits(10, 4, 2),
        (_, buffer, offset, length, exchange) -> {
          if (offers.incrementAndGet() == 1) {
            postponed.add(exchange.postpone());
          } else {
            exchange.reply(Arrays.copyOfRange(buffer, offset, offset + length));
          }
        });
    try (var stream = client.open(server.info(), List.of("/again/1"), LIMIT)) {
      stream.writeFrame(new byte[] {1});
      stream.writeFrame(new byte[] {2});
      stream.closeWrite();
      Runnable again = postponed.poll(20, TimeUnit.SECONDS);
      assertThat(again).isNotNull();
      assertThat(offers).hasValue(1);

      again.run();

      assertThat(stream.readFrame(10)).containsExactly(1);
      assertThat(stream.readFrame(10)).containsExactly(2);
      assertThat(stream.readFrame(10)).isNull();
      assertThat(offers).hasValue(3);
    }
  }

  /// As by another thread that does not wait until the event loop has put it back.
  @Test
  void aFrameMayBeWantedAgainAtOnce() {
    Host server = hosts.start();
    Host client = hosts.start();
    var offers = new AtomicInteger();
    server.handleFrames(
        "/again/1",
        new FrameLimits(30_000, 4, 2),
        (_, buffer, offset, length, exchange) -> {
          if (offers.incrementAndGet() % 50 != 0) {
            exchange.postpone().run();
          } else {
            exchange.reply(Arrays.copyOfRange(buffer, offset, offset + 1));
          }
        });
    try (var stream = client.open(server.info(), List.of("/again/1"), LIMIT)) {
      stream.timeout(LIMIT);
      for (byte i = 0; i < 100; i++) {
        byte[] body = new byte[30_000];
        body[0] = i;
        stream.writeFrame(body);
      }
      stream.closeWrite();
      for (byte i = 0; i < 100; i++) {
        assertThat(stream.readFrame(10)).containsExactly(i);
      }
      assertThat(stream.readFrame(10)).isNull();
    }
  }

  /// What came with the request that failed is lost, and the rest would be misread.
  @Test
  void aHandlerThatEndsInAnErrorEndsTheConnection() {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handleFrames(
        "/fails/1",
        new FrameLimits(10, 4, 2),
        (_, _, _, _, _) -> {
          throw new StackOverflowError("as if");
        });
    try (var stream = client.open(server.info(), List.of("/fails/1"), LIMIT)) {
      stream.writeFrame(new byte[] {1});

      var failure = catchThrowableOfType(StreamException.class, () -> stream.readFrame(10));

      assertThat(failure.reason()).isEqualTo(StreamException.Reason.CONNECTION_CLOSED);
    }
  }

  /// As where an answer from elsewhere lets the next request be handed over.
  @Test
  void aTaskOfTheLoopThatEndsInAnErrorEndsTheConnection() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    var taken = new LinkedBlockingQueue<FrameHandler.Exchange>();
    server.handleFrames(
        "/fails/1",
        new FrameLimits(10, 4, 1),
        (_, buffer, offset, _, exchange) -> {
          if (buffer[offset] == 2) {
            throw new StackOverflowError("as if");
          }
          taken.add(exchange);
        });
    try (var stream = client.open(server.info(), List.of("/fails/1"), LIMIT)) {
      stream.writeFrame(new byte[] {1});
      stream.writeFrame(new byte[] {2});
      take(taken).done();

      var failure = catchThrowableOfType(StreamException.class, () -> stream.readFrame(10));

      assertThat(failure.reason()).isEqualTo(StreamException.Reason.CONNECTION_CLOSED);
    }
  }

  @Test
  void aListenerIsToldOfFramesAndOfTheEnd() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handle(ECHO, Hosts::echo);
    var told = new LinkedBlockingQueue<String>();

    var stream = client.connect(server.info(), LIMIT).openFrames(ECHO, 100_000, told(told));
    stream.send(new byte[] {1, 2});
    stream.send(new byte[70_000]);

    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("frame of 2");
    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("frame of 70000");
    stream.finish();
    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("finished");
  }

  @Test
  void aListenerIsToldWhenTheProtocolIsNotServed() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    var told = new LinkedBlockingQueue<String>();

    client.connect(server.info(), LIMIT).openFrames("/none/1", 10, told(told));

    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("UNSUPPORTED");
  }

  @Test
  void aFrameThatIsTooLongEndsTheListenersStream() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handle(ECHO, Hosts::echo);
    var told = new LinkedBlockingQueue<String>();

    client.connect(server.info(), LIMIT).openFrames(ECHO, 10, told(told)).send(new byte[11]);

    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("MALFORMED");
  }

  @Test
  void aListenersStreamThatIsSilentIsClosed() throws Exception {
    Limits impatient =
        Limits.defaults()
            .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMillis(400));
    Host server = hosts.start();
    Host client = hosts.start(impatient);
    var ended = new CountDownLatch(1);
    server.handle(
        ECHO,
        stream -> {
          Hosts.echo(stream);
          ended.countDown();
        });
    var told = new LinkedBlockingQueue<String>();

    client.connect(server.info(), LIMIT).openFrames(ECHO, 10, told(told)).send(new byte[1]);

    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("frame of 1");
    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("finished");
    assertThat(ended.await(20, TimeUnit.SECONDS)).as("gracefully").isTrue();
  }

  private static FrameListener told(BlockingQueue<String> log) {
    return new FrameListener() {
      @Override
      public void frame(byte[] buffer, int offset, int length) {
        log.add("frame of " + length);
      }

      @Override
      public void finished() {
        log.add("finished");
      }

      @Override
      public void failed(StreamException why) {
        log.add(why.reason().toString());
      }
    };
  }

  @Test
  void aRefusedFrameResetsItsStreamOnly() {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handleFrames(
        "/no/1", new FrameLimits(100, 4, 1), (_, _, _, _, exchange) -> exchange.refuse());
    var connection = client.connect(server.info(), LIMIT);
    var stream = connection.open(List.of("/no/1"), LIMIT);
    stream.writeFrame(new byte[3]);

    var failure = catchThrowableOfType(StreamException.class, () -> stream.readFrame(100));

    assertThat(failure.reason()).isEqualTo(StreamException.Reason.RESET);
    try (var ping = Ping.on(connection, LIMIT)) {
      assertThat(ping.once(LIMIT)).isPositive();
    }
  }

  @Test
  void anOversizeFrameResetsTheStream() {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handleFrames(
        "/small/1", new FrameLimits(100, 4, 1), (_, _, _, _, exchange) -> exchange.done());
    var stream = client.open(server.info(), List.of("/small/1"), LIMIT);
    stream.write(new byte[] {(byte) 0xff, (byte) 0xff, 0x7f}, 0, 3);

    var failure = catchThrowableOfType(StreamException.class, () -> stream.readFrame(100));

    assertThat(failure.reason()).isEqualTo(StreamException.Reason.RESET);
  }

  @Test
  void anAnnouncedFrameThatDoesNotComeIsGivenUp() {
    Limits impatient =
        Limits.defaults()
            .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(5));
    Host server = hosts.start(impatient);
    Host client = hosts.start();
    server.handleFrames(
        "/wait/1", new FrameLimits(4 << 20, 4, 1), (_, _, _, _, exchange) -> exchange.done());
    var stream = client.open(server.info(), List.of("/wait/1"), LIMIT);
    stream.timeout(LIMIT);
    stream.write(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, 0x02, 1}, 0, 5);

    var failure = catchThrowableOfType(StreamException.class, () -> stream.readFrame(100));

    assertThat(failure.reason()).isEqualTo(StreamException.Reason.RESET);
  }
}
