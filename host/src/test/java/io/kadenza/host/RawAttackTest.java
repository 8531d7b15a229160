package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a host does with strangers that speak rubbish at its socket.
class RawAttackTest {
  private static final byte[] HEADER =
      "\u0013/multistream/1.0.0\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] NOISE = "\u0007/noise\n".getBytes(StandardCharsets.ISO_8859_1);

  private Host server;
  private int events;

  @BeforeEach
  void start() {
    server =
        Host.builder(Identity.generate(KeyType.ED25519))
            .listen("/ip4/127.0.0.1/tcp/0")
            .limits(
                Limits.defaults()
                    .withTimeouts(
                        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(1)))
            .start();
    server.observe(e -> {
      if (e instanceof HostEvent.Connected) {
        events++;
      }
    });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// Sends bytes, then reads until the host closes.
  ///
  /// @return how many bytes the host sent
  private int attack(byte[]... pieces) throws IOException {
    try (var socket = dial()) {
      try {
        for (byte[] piece : pieces) {
          socket.getOutputStream().write(piece);
        }
      } catch (IOException closedAlready) {
        // The host hangs up at the first malformed byte; what is still on its way bounces.
      }
      return drain(socket);
    }
  }

  private Socket dial() throws IOException {
    int port = server.addresses().getFirst().tcpPort().orElseThrow();
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static int drain(Socket socket) {
    int total = 0;
    byte[] buffer = new byte[4_096];
    try {
      int n;
      while ((n = socket.getInputStream().read(buffer)) >= 0) {
        total += n;
      }
    } catch (IOException reset) {
      assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
    }
    return total;
  }

  @Test
  void t7ZerosAreNotReflected() throws IOException {
    assertThat(attack(new byte[1 << 20])).isLessThan(1_024);
    assertThat(events).isZero();
  }

  @Test
  void t7AnOverlongNegotiationMessageEndsTheConnection() throws IOException {
    byte[] message = new byte[1_030];
    Arrays.fill(message, (byte) 'a');
    byte[] prefix = {(byte) 0x81, 0x08};

    assertThat(attack(HEADER, prefix, message)).isLessThan(1_024);
  }

  @Test
  void t7ProposalsWithoutEndAreCutOff() throws IOException {
    byte[] proposal = "\u0003/x\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] many = new byte[proposal.length * 10_000];
    for (int i = 0; i < 10_000; i++) {
      System.arraycopy(proposal, 0, many, i * proposal.length, proposal.length);
    }

    assertThat(attack(HEADER, many)).isLessThan(1_024);
  }

  @Test
  void t8SilenceIsGivenUp() throws IOException {
    assertThat(attack()).isLessThan(64);
  }

  /// The silent ones could stay for a minute here, and hold every place there is.
  @Test
  void t8ACrowdOfSilentOnesKeepsNobodyOut() throws Exception {
    var patient =
        Limits.defaults()
            .withMaxHalfOpen(4)
            .withTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
    List<Socket> silent = new ArrayList<>();
    var gaveWay = new CountDownLatch(16);
    try (var crowded =
            Host.builder(Identity.generate(KeyType.ED25519))
                .listen("/ip4/127.0.0.1/tcp/0")
                .limits(patient)
                .start();
        var honest = Host.builder(Identity.generate(KeyType.ED25519)).start()) {
      int port = crowded.addresses().getFirst().tcpPort().orElseThrow();
      var _ =
          crowded.observe(event -> {
            if (event instanceof HostEvent.InboundFailed) {
              gaveWay.countDown();
            }
          });
      for (int i = 0; i < 20; i++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      assertThat(gaveWay.await(20, TimeUnit.SECONDS)).as("all are in").isTrue();

      assertThat(honest.connect(crowded.info(), Duration.ofSeconds(20)).peer())
          .isEqualTo(crowded.id());
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void t10JunkInTheHandshakeEndsTheConnection() throws IOException {
    long seed = new Random().nextLong();
    byte[] junk = new byte[65_000];
    new Random(seed).nextBytes(junk);

    assertThat(attack(HEADER, NOISE, junk)).as("seed %d", seed).isLessThan(1_024);
    assertThat(events).isZero();
  }

  @Test
  void t10AnAllZeroEphemeralKeyIsRefused() throws IOException {
    byte[] message = new byte[34];
    message[1] = 32;

    assertThat(attack(HEADER, NOISE, message)).isLessThan(1_024);
    assertThat(events).isZero();
  }

  @Test
  void whatAListenerSaysFirstIsHeardByTheDialler() throws Exception {
    var stranger = Identity.generate(KeyType.ED25519).peerId();
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var dialler = Host.builder(Identity.generate(KeyType.ED25519)).start()) {
      Thread.startVirtualThread(() -> greetAll(listener));
      var there =
          new PeerInfo(
              stranger, List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + listener.getLocalPort())));
      for (int i = 0; i < 50; i++) {
        // The greeting is sound, what follows is not Noise: so far every dial has to come.
        assertThatExceptionOfType(DialException.class)
            .isThrownBy(() -> dialler.connectNow(there, Duration.ofSeconds(20)))
            .withMessageNotContaining("header");
      }
    }
  }

  private static void greetAll(ServerSocket listener) {
    try {
      while (true) {
        try (var socket = listener.accept()) {
          socket.getOutputStream().write(HEADER);
          socket.getOutputStream().flush();
          socket.getOutputStream().write(NOISE);
          socket.getOutputStream().write(new byte[200]);
          socket.getInputStream().readNBytes(HEADER.length);
        }
      }
    } catch (IOException over) {
      // The test is done.
    }
  }

  @Test
  void aHonestPeerIsServedAfterAllThat() throws IOException {
    for (int i = 0; i < 20; i++) {
      attack(new byte[100]);
    }
    try (var honest = Host.builder(Identity.generate(KeyType.ED25519)).start();
        var ping =
            Ping.on(
                honest.connect(server.info(), Duration.ofSeconds(20)), Duration.ofSeconds(20))) {
      assertThat(ping.once(Duration.ofSeconds(20))).isPositive();
    }
  }
}
