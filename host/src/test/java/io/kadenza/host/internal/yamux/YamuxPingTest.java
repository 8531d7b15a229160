package io.kadenza.host.internal.yamux;

import static io.kadenza.host.internal.yamux.Wire.ACK;
import static io.kadenza.host.internal.yamux.Wire.PING;
import static io.kadenza.host.internal.yamux.Wire.SYN;
import static io.kadenza.host.internal.yamux.Wire.feed;
import static io.kadenza.host.internal.yamux.Wire.feedAt;
import static io.kadenza.host.internal.yamux.Wire.frame;
import static io.kadenza.host.internal.yamux.Wire.sent;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class YamuxPingTest {
  private final Yamux client = Wire.client();
  private final Yamux server = Wire.server();

  @Test
  void pingsAreAnsweredWithTheirValue() {
    feed(server, frame(PING, SYN, 0, 0xcafe));
    assertThat(sent(server)).isEqualTo("PING ACK 0 51966");
  }

  @Test
  void silenceIsPingedAndThenEndsTheConnection() {
    assertThat(client.deadline()).hasValue(ofSeconds(30).toNanos());
    client.tick(ofSeconds(29).toNanos());
    assertThat(sent(client)).isEmpty();
    client.tick(ofSeconds(30).toNanos());
    assertThat(sent(client)).isEqualTo("PING SYN 0 1");
    assertThat(client.deadline()).hasValue(ofSeconds(40).toNanos());
    assertThatExceptionOfType(YamuxException.class)
        .isThrownBy(() -> client.tick(ofSeconds(40).toNanos()))
        .returns(YamuxException.Kind.TIMEOUT, YamuxException::kind);
    assertThat(client.deadline()).isEmpty();
  }

  @Test
  void anyByteIsASignOfLife() {
    client.tick(ofSeconds(30).toNanos());
    feedAt(client, ofSeconds(39).toNanos(), frame(PING, SYN, 0, 7));
    client.tick(ofSeconds(48).toNanos());
    assertThat(client.deadline()).hasValue(ofSeconds(49).toNanos());
    assertThat(feedAt(client, ofSeconds(48).toNanos(), frame(PING, ACK, 0, 1)))
        .isEqualTo("Pong " + ofSeconds(18).toNanos());
    assertThat(client.deadline()).hasValue(ofSeconds(78).toNanos());
  }

  @Test
  void answersNobodyAskedForMeanNothing() {
    assertThat(feed(client, frame(PING, ACK, 0, 0), frame(PING, ACK, 0, 1))).isEmpty();
  }

  @Test
  void theClockMayStartAnywhere() {
    long start = Long.MAX_VALUE - 1;
    Yamux yamux = new Yamux(true, YamuxLimits.defaults(), start);
    yamux.tick(start + ofSeconds(29).toNanos());
    assertThat(sent(yamux)).isEmpty();
    yamux.tick(start + ofSeconds(30).toNanos());
    assertThat(sent(yamux)).isEqualTo("PING SYN 0 1");
  }
}
