package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class HostTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ECHO = "/echo/1.0.0";

  @RegisterExtension private final Hosts hosts = new Hosts();

  @Test
  void peersIdentifyEachOther() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    var identified = Hosts.nextIdentification(client);
    client.connect(server.info(), LIMIT);

    Identification identification = identified.get(20, TimeUnit.SECONDS);

    assertThat(identification.agent()).isEqualTo(HostBuilder.AGENT).isEqualTo(server.agent());
    assertThat(identification.certified()).isTrue();
    assertThat(identification.protocols()).contains(Ping.PROTOCOL);
    assertThat(identification.addresses()).isEqualTo(server.addresses());
    assertThat(client.peerstore().supports(server.id(), Ping.PROTOCOL)).isTrue();
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
  void anAddressThatCannotBeListenedOnIsToldInOneLine() {
    Host server = hosts.start();
    var builder = Host.builder(Identity.generate(KeyType.ED25519)).listen(server.addresses());

    assertThatExceptionOfType(ListenException.class)
        .isThrownBy(builder::start)
        .withMessageContaining("/tcp/")
        .withMessageContaining("choose a port that is free");
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
