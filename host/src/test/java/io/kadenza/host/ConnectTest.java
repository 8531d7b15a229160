package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is connected to whom, and who has to leave.
class ConnectTest {
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
  void anAddressAloneReachesWhoeverIsThere() {
    Host server = hosts.start();
    Host client = hosts.start();

    assertThat(client.connect(server.addresses().getFirst(), LIMIT).peer()).isEqualTo(server.id());
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
            List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + free)));

    assertThat(dialFailure(() -> client.connect(nobody, LIMIT)))
        .isEqualTo(DialException.Reason.UNREACHABLE);
    assertThat(dialFailure(() -> client.connect(nobody, LIMIT)))
        .isEqualTo(DialException.Reason.BACKOFF);
    assertThat(dialFailure(() -> client.connectNow(nobody, LIMIT)))
        .isEqualTo(DialException.Reason.UNREACHABLE);
    assertThat(dialFailure(() -> client.connectNow(nobody, _ -> true, LIMIT)))
        .isEqualTo(DialException.Reason.UNREACHABLE);
    assertThat(dialFailure(() -> client.connectNow(nobody, _ -> false, LIMIT)))
        .isNotEqualTo(DialException.Reason.UNREACHABLE);
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
    Hosts.meet(useful, server);
    Hosts.meet(other, server);
    var gone = new CompletableFuture<PeerId>();
    try (var _ =
        server.observe(e -> {
          if (e instanceof HostEvent.Disconnected(var connection, var _)) {
            gone.complete(connection.peer());
          }
        })) {
      Host third = hosts.start();
      Hosts.meet(third, server);

      assertThat(gone.get(20, TimeUnit.SECONDS)).isEqualTo(other.id());
      assertThat(server.connectedPeers()).containsExactlyInAnyOrder(useful.id(), third.id());
    }
  }

  /// As after a change from one network to another, of which the old connection never hears.
  @Test
  void aPeerThatComesAgainIsReachedWhereItCameLast() throws Exception {
    Host host = hosts.start();
    var connected = new LinkedBlockingQueue<Connection>();
    var _ =
        host.observe(event -> {
          if (event instanceof HostEvent.Connected(var connection)) {
            connected.add(connection);
          }
        });
    var heard = new CountDownLatch(1);
    host.handle(ECHO, stream -> heard.countDown());
    Multiaddr address = host.addresses().getFirst();
    var peer = Identity.generate(KeyType.ED25519);
    try (var before = new RawPeer(address, "127.0.0.1", peer)) {
      Connection first = connected.poll(20, TimeUnit.SECONDS);
      try (var _ = new RawPeer(address, "127.0.0.1", peer)) {
        Connection second = connected.poll(20, TimeUnit.SECONDS);
        assertThat(host.connection(peer.peerId())).containsSame(second);

        before.open(ECHO);

        assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(host.connection(peer.peerId())).as("not dead after all").containsSame(first);
      }
    }
  }
}
