package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.PeerInfo;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ECHO = "/echo/1.0.0";

  private final List<Host> hosts = new ArrayList<>();

  private Host host() {
    return host(KeyType.ED25519, Limits.defaults());
  }

  private Host host(KeyType type, Limits limits) {
    var host =
        Host.builder(Identity.generate(type)).listen("/ip4/127.0.0.1/tcp/0").limits(limits).start();
    hosts.add(host);
    return host;
  }

  @AfterEach
  void closeHosts() {
    hosts.forEach(Host::close);
  }

  private static void echo(Stream stream) {
    byte[] frame;
    while ((frame = stream.readFrame(1 << 20)) != null) {
      stream.writeFrame(frame);
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void twoHostsConnectWhateverTheirKeys(KeyType type) {
    Host server = host(type, Limits.defaults());
    Host client = host();

    Connection connection = client.connect(server.info(), LIMIT);

    assertThat(connection.peer()).isEqualTo(server.id());
    assertThat(connection.peerKey()).isEqualTo(server.identity().publicKey());
    assertThat(connection.direction()).isEqualTo(Direction.OUTBOUND);
  }

  @Test
  void peersIdentifyEachOther() throws Exception {
    Host server = host();
    Host client = host();
    var identified = new CompletableFuture<Identification>();
    try (var _ = client.observe(e -> complete(identified, e));
        var _ = client.connect(server.info(), LIMIT)) {
      Identification identification = identified.get(20, TimeUnit.SECONDS);

      assertThat(identification.agent()).startsWith("kadenza/");
      assertThat(identification.certified()).isTrue();
      assertThat(identification.protocols()).contains(Ping.PROTOCOL);
      assertThat(identification.addresses()).isEqualTo(server.addresses());
      assertThat(client.peerstore().supports(server.id(), Ping.PROTOCOL)).isTrue();
    }
  }

  private static void complete(CompletableFuture<Identification> future, HostEvent event) {
    if (event instanceof HostEvent.Identified(var _, var identification)) {
      future.complete(identification);
    }
  }

  @Test
  void aProtocolServedLaterIsPushedToPeers() throws Exception {
    Host server = host();
    Host client = host();
    var first = new CountDownLatch(1);
    var pushed = new CountDownLatch(1);
    try (var _ =
            server.observe(e -> {
              if (e instanceof HostEvent.Identified) {
                first.countDown();
              }
            });
        var _ =
            client.observe(e -> {
              if (e instanceof HostEvent.Identified(var _, var i) && i.protocols().contains(ECHO)) {
                pushed.countDown();
              }
            })) {
      client.connect(server.info(), LIMIT);
      assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();

      server.handle(ECHO, HostTest::echo);

      assertThat(pushed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void pingMeasuresRoundTrips() {
    Host server = host();
    Host client = host();
    try (var ping = Ping.on(client.connect(server.info(), LIMIT), LIMIT)) {
      assertThat(ping.once(LIMIT)).isPositive();
      assertThat(ping.once(LIMIT)).isPositive();
    }
  }

  @Test
  void t24AThirdPingStreamTakesThePlaceOfTheIdlest() {
    Host server = host();
    Host client = host();
    var connection = client.connect(server.info(), LIMIT);
    var pings = new ArrayList<Ping>();
    for (int i = 0; i < 3; i++) {
      pings.add(Ping.on(connection, LIMIT));
      assertThat(pings.getLast().once(LIMIT)).isPositive();
    }

    var failure = catchThrowableOfType(StreamException.class, () -> pings.getFirst().once(LIMIT));

    assertThat(failure).isNotNull();
    assertThat(pings.get(1).once(LIMIT)).isPositive();
    assertThat(pings.get(2).once(LIMIT)).isPositive();
  }

  @Test
  void t24APingOf33BytesIsEchoedAsFarAsItIsOneAndThenReset() {
    Host server = host();
    Host client = host();
    var stream = client.open(server.info(), List.of(Ping.PROTOCOL), LIMIT);
    stream.timeout(LIMIT);
    stream.write(new byte[33], 0, 33);

    assertThat(stream.readFully(new byte[32], 0, 32)).isTrue();
    stream.closeWrite();
    var failure = catchThrowableOfType(StreamException.class, () -> stream.read(new byte[1], 0, 1));

    assertThat(failure.reason()).isEqualTo(StreamException.Reason.RESET);
  }

  @Test
  void manyStreamsCarryTheirOwnBytesAtOnce() throws Exception {
    Host server = host();
    Host client = host();
    server.handle(ECHO, HostTest::echo);
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
    Host server = host();
    Host client = host();
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
  void framesAreAnsweredInTheirOrderEvenWhenAnsweredLate() {
    Host server = host();
    Host client = host();
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
    Host server = host();
    Host client = host();
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
    Host server = host();
    Host client = host();
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

  @Test
  void aListenerIsToldOfFramesAndOfTheEnd() throws Exception {
    Host server = host();
    Host client = host();
    server.handle(ECHO, HostTest::echo);
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
    Host server = host();
    Host client = host();
    var told = new LinkedBlockingQueue<String>();

    client.connect(server.info(), LIMIT).openFrames("/none/1", 10, told(told));

    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("UNSUPPORTED");
  }

  @Test
  void aFrameThatIsTooLongEndsTheListenersStream() throws Exception {
    Host server = host();
    Host client = host();
    server.handle(ECHO, HostTest::echo);
    var told = new LinkedBlockingQueue<String>();

    client.connect(server.info(), LIMIT).openFrames(ECHO, 10, told(told)).send(new byte[11]);

    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("MALFORMED");
  }

  @Test
  void aListenersStreamThatIsSilentIsClosed() throws Exception {
    Limits impatient =
        Limits.defaults()
            .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMillis(400));
    Host server = host();
    Host client = host(KeyType.ED25519, impatient);
    var ended = new CountDownLatch(1);
    server.handle(
        ECHO,
        stream -> {
          echo(stream);
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
    Host server = host();
    Host client = host();
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
    Host server = host();
    Host client = host();
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
    Host server = host(KeyType.ED25519, impatient);
    Host client = host();
    server.handleFrames(
        "/wait/1", new FrameLimits(4 << 20, 4, 1), (_, _, _, _, exchange) -> exchange.done());
    var stream = client.open(server.info(), List.of("/wait/1"), LIMIT);
    stream.timeout(LIMIT);
    stream.write(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, 0x02, 1}, 0, 5);

    var failure = catchThrowableOfType(StreamException.class, () -> stream.readFrame(100));

    assertThat(failure.reason()).isEqualTo(StreamException.Reason.RESET);
  }

  @Test
  void anUnservedProtocolIsUnsupported() {
    Host server = host();
    Host client = host();
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
    Host server = host();
    Host client = host();
    server.handle(ECHO, HostTest::echo);
    try (var stream = client.open(server.info(), List.of("/none/1", ECHO), LIMIT)) {
      assertThat(stream.protocol()).isEqualTo(ECHO);
      stream.writeFrame(new byte[] {7});
      assertThat(stream.readFrame(10)).containsExactly(7);
    }
  }

  @Test
  void anotherPeerThanTheOneDialledIsRefused() {
    Host server = host();
    Host client = host();
    var somebodyElse =
        new PeerInfo(Identity.generate(KeyType.ED25519).peerId(), server.addresses());

    var failure =
        catchThrowableOfType(DialException.class, () -> client.connect(somebodyElse, LIMIT));

    assertThat(failure.reason()).isEqualTo(DialException.Reason.WRONG_PEER);
    assertThat(server.connections()).isEmpty();
  }

  @Test
  void nobodyAtTheAddressIsUnreachableThenLeftAloneUnlessInsisted() throws Exception {
    Host client = host();
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    var nobody =
        new PeerInfo(
            Identity.generate(KeyType.ED25519).peerId(),
            List.of(io.kadenza.multiformats.Multiaddr.parse("/ip4/127.0.0.1/tcp/" + free)));

    assertThat(dialFailure(() -> client.connect(nobody, LIMIT)))
        .isEqualTo(DialException.Reason.UNREACHABLE);
    assertThat(dialFailure(() -> client.connect(nobody, LIMIT)))
        .isEqualTo(DialException.Reason.BACKOFF);
    assertThat(dialFailure(() -> client.connectNow(nobody, LIMIT)))
        .isEqualTo(DialException.Reason.UNREACHABLE);
  }

  private static DialException.Reason dialFailure(Runnable dial) {
    return catchThrowableOfType(DialException.class, dial::run).reason();
  }

  @Test
  void aHostDoesNotDialItself() {
    Host host = host();

    assertThatExceptionOfType(DialException.class)
        .isThrownBy(() -> host.connect(host.info(), LIMIT))
        .withMessageContaining("itself");
  }

  @Test
  void concurrentDialsShareOneConnection() throws Exception {
    Host server = host();
    Host client = host();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Connection>> dials = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        dials.add(
            CompletableFuture.supplyAsync(() -> client.connect(server.info(), LIMIT), threads));
      }
      for (var dial : dials) {
        assertThat(dial.get(20, TimeUnit.SECONDS)).isSameAs(dials.getFirst().join());
      }
    }
    assertThat(client.connections()).hasSize(1);
  }

  @Test
  void anAddressAloneReachesWhoeverIsThere() {
    Host server = host();
    Host client = host();

    assertThat(client.connect(server.addresses().getFirst(), LIMIT).peer()).isEqualTo(server.id());
  }

  @Test
  void connectionsBeyondTheLimitAreTurnedAway() throws Exception {
    Host server = host(KeyType.ED25519, Limits.defaults().withMaxConnections(1));
    Host first = host();
    Host second = host();
    first.connect(server.info(), LIMIT);
    var gone = new CountDownLatch(1);
    try (var _ =
        second.observe(e -> {
          if (e instanceof HostEvent.Disconnected) {
            gone.countDown();
          }
        })) {
      second.connect(server.info(), LIMIT);

      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(server.connectedPeers()).containsExactly(first.id());
  }

  @Test
  void aPortInUseIsToldInOneLine() {
    Host server = host();
    var builder = Host.builder(Identity.generate(KeyType.ED25519)).listen(server.addresses());

    assertThatExceptionOfType(ListenException.class)
        .isThrownBy(builder::start)
        .withMessageContaining("/tcp/")
        .withMessageContaining("choose another port");
  }

  @Test
  void closingAHostEndsItsConnectionsAndStreams() throws Exception {
    Host server = host();
    Host client = host();
    server.handle(ECHO, HostTest::echo);
    var stream = client.open(server.info(), List.of(ECHO), LIMIT);
    stream.writeFrame(new byte[] {1});
    stream.readFrame(10);
    var gone = new CountDownLatch(1);
    try (var _ =
        client.observe(e -> {
          if (e instanceof HostEvent.Disconnected) {
            gone.countDown();
          }
        })) {
      server.close();
      server.close();

      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThatExceptionOfType(StreamException.class).isThrownBy(() -> stream.readFrame(10));
    assertThat(client.connections()).isEmpty();
  }
}
