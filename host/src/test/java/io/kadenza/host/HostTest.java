package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ECHO = "/echo/1.0.0";

  @RegisterExtension private final Hosts hosts = new Hosts();

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void twoHostsConnectWhateverTheirKeys(KeyType type) {
    Host server = hosts.start(type);
    Host client = hosts.start();

    Connection connection = client.connect(server.info(), LIMIT);

    assertThat(connection.peer()).isEqualTo(server.id());
    assertThat(connection.peerKey()).isEqualTo(server.identity().publicKey());
    assertThat(connection.direction()).isEqualTo(Direction.OUTBOUND);
  }

  @Test
  void peersIdentifyEachOther() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
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
    Host server = hosts.start();
    Host client = hosts.start();
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

      server.handle(ECHO, Hosts::echo);

      assertThat(pushed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void pingMeasuresRoundTrips() {
    Host server = hosts.start();
    Host client = hosts.start();
    try (var ping = Ping.on(client.connect(server.info(), LIMIT), LIMIT)) {
      assertThat(ping.once(LIMIT)).isPositive();
      assertThat(ping.once(LIMIT)).isPositive();
    }
  }

  @Test
  void aLimitMayBeForEver() {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    Host server = hosts.start();
    Host client = hosts.start();
    try (var ping = Ping.on(client.connect(server.addresses().getFirst(), forever), forever)) {
      assertThat(ping.once(forever)).isPositive();
    }
  }

  @Test
  void t24AThirdPingStreamTakesThePlaceOfTheIdlest() {
    Host server = hosts.start();
    Host client = hosts.start();
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
    Host server = hosts.start();
    Host client = hosts.start();
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

  @Test
  void anotherPeerThanTheOneDialledIsRefused() {
    Host server = hosts.start();
    Host client = hosts.start();
    var somebodyElse =
        new PeerInfo(Identity.generate(KeyType.ED25519).peerId(), server.addresses());

    var failure =
        catchThrowableOfType(DialException.class, () -> client.connect(somebodyElse, LIMIT));

    assertThat(failure.reason()).isEqualTo(DialException.Reason.WRONG_PEER);
    assertThat(server.connections()).isEmpty();
  }

  @Test
  void nobodyAtTheAddressIsUnreachableThenLeftAloneUnlessInsisted() throws Exception {
    Host client = hosts.start();
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
    Host host = hosts.start();

    assertThatExceptionOfType(DialException.class)
        .isThrownBy(() -> host.connect(host.info(), LIMIT))
        .withMessageContaining("itself");
  }

  @Test
  void aHostThatMeetsItselfAtAnAddressWithoutAPeerSaysSo() {
    Host host = hosts.start();

    var failure =
        catchThrowableOfType(
            DialException.class, () -> host.connect(host.addresses().getFirst(), LIMIT));

    assertThat(failure.reason()).isEqualTo(DialException.Reason.REFUSED);
    assertThat(failure).hasMessageContaining("itself");
    assertThat(host.connections()).isEmpty();
  }

  @Test
  void concurrentDialsShareOneConnection() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
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
    Host server = hosts.start();
    Host client = hosts.start();

    assertThat(client.connect(server.addresses().getFirst(), LIMIT).peer()).isEqualTo(server.id());
  }

  @Test
  void connectionsBeyondTheLimitAreTurnedAwayIfAllAreBusy() throws Exception {
    Host server = hosts.start(Limits.defaults().withMaxConnections(1));
    server.handle(ECHO, Hosts::echo);
    Host first = hosts.start();
    Host second = hosts.start();
    Stream busy = first.open(server.info(), List.of(ECHO), LIMIT);
    busy.writeFrame(new byte[1]);
    assertThat(busy.readFrame(1)).hasSize(1);
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
  void aConnectionThatIsQuietGivesWayToANewOne() throws Exception {
    Host server = hosts.start(Limits.defaults().withMaxConnections(2));
    Host useful = hosts.start();
    Host other = hosts.start();
    var _ = server.prefer(useful.id()::equals);
    meet(useful, server);
    meet(other, server);
    var gone = new CompletableFuture<PeerId>();
    try (var _ =
        server.observe(e -> {
          if (e instanceof HostEvent.Disconnected(var connection, var _)) {
            gone.complete(connection.peer());
          }
        })) {
      Host third = hosts.start();
      meet(third, server);

      assertThat(gone.get(20, TimeUnit.SECONDS)).isEqualTo(other.id());
      assertThat(server.connectedPeers()).containsExactlyInAnyOrder(useful.id(), third.id());
    }
  }

  /// Connects and waits until both have heard who the other is, so that nothing is under way.
  private static void meet(Host client, Host server) throws Exception {
    var here = new CompletableFuture<Identification>();
    var there = new CompletableFuture<Identification>();
    try (var _ = client.observe(e -> complete(here, e));
        var _ = server.observe(e -> complete(there, e))) {
      client.connect(server.info(), LIMIT);
      here.get(20, TimeUnit.SECONDS);
      there.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aPortInUseIsToldInOneLine() {
    Host server = hosts.start();
    var builder = Host.builder(Identity.generate(KeyType.ED25519)).listen(server.addresses());

    assertThatExceptionOfType(ListenException.class)
        .isThrownBy(builder::start)
        .withMessageContaining("/tcp/")
        .withMessageContaining("choose another port");
  }

  @Test
  void closingAHostEndsItsConnectionsAndStreams() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    server.handle(ECHO, Hosts::echo);
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

  @Test
  @Timeout(10)
  void whoAsksAClosedHostForEventsDoesNotWaitForAny() {
    Host host = hosts.start();
    host.close();

    assertThat(host.events(1)).isEmpty();
  }

  @Test
  void whatIsLeftOfAClosedHostCanBeClosedToo() {
    Host server = hosts.start();
    Host client = hosts.start();
    Connection connection = client.connect(server.info(), LIMIT);
    var ping = Ping.on(connection, LIMIT);
    assertThat(ping.once(LIMIT)).isPositive();
    client.close();

    ping.close();
    connection.close();

    assertThat(connection.isOpen()).isFalse();
    assertThatExceptionOfType(StreamException.class).isThrownBy(() -> ping.once(LIMIT));
  }
}
