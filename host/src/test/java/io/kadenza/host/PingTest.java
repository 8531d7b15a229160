package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PingTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @RegisterExtension private final Hosts hosts = new Hosts();

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

  /// js opens a stream for each ping that it is asked for, before it notices that it grants itself
  /// one alone; and it waits for ever for the answer on one that was reset.
  @Test
  void streamsWithoutAPingTakeNobodysPlace() {
    Host server = hosts.start();
    Host client = hosts.start();
    var connection = client.connect(server.info(), LIMIT);
    var ping = Ping.on(connection, LIMIT);
    assertThat(ping.once(LIMIT)).isPositive();

    for (int i = 0; i < 3; i++) {
      // With a second proposal this returns when the server has agreed.
      connection.open(List.of(Ping.PROTOCOL, "/spoken/by/nobody"), LIMIT);
    }

    assertThat(ping.once(LIMIT)).isPositive();
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
}
