package io.kadenza.host.internal.yamux;

import static io.kadenza.host.internal.yamux.Wire.ACK;
import static io.kadenza.host.internal.yamux.Wire.FIN;
import static io.kadenza.host.internal.yamux.Wire.PING;
import static io.kadenza.host.internal.yamux.Wire.SYN;
import static io.kadenza.host.internal.yamux.Wire.WINDOW;
import static io.kadenza.host.internal.yamux.Wire.WINDOW_UPDATE;
import static io.kadenza.host.internal.yamux.Wire.data;
import static io.kadenza.host.internal.yamux.Wire.feed;
import static io.kadenza.host.internal.yamux.Wire.feedAt;
import static io.kadenza.host.internal.yamux.Wire.frame;
import static io.kadenza.host.internal.yamux.Wire.sent;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/// Who may send how much, and who says so when.
class YamuxWindowTest {
  private static final byte[] FIVE = {1, 2, 3, 4, 5};

  private final Yamux client = Wire.client();
  private final Yamux server = Wire.server();

  /// T20: the sender stops at the window, and credit comes from consumption only.
  @Test
  void aSenderStopsAtTheWindowUntilTheReceiverConsumes() {
    int stream = client.open(0);
    byte[] much = new byte[3 * WINDOW];
    assertThat(client.write(stream, much, 0, much.length)).isEqualTo(WINDOW);
    assertThat(client.write(stream, much, 0, 1)).isZero();
    assertThat(client.output().size()).isLessThan(WINDOW + 200);

    feed(server, client.output().take());
    assertThat(server.output().isEmpty()).as("no credit on receipt").isTrue();
    server.consumed(stream, WINDOW / 2 - 1, 0);
    assertThat(server.output().isEmpty()).as("no credit for less than half a window").isTrue();
    server.consumed(stream, 1, 0);
    assertThat(feed(client, server.output().take())).isEqualTo("Writable 1");
    assertThat(client.write(stream, much, 0, much.length)).isEqualTo(WINDOW / 2);
  }

  @Test
  void writableIsToldOnceAndOnlyToAWriterThatWaits() {
    int stream = client.open(0);
    client.announce(stream);
    assertThat(feed(client, frame(WINDOW_UPDATE, ACK, 1, 0), frame(WINDOW_UPDATE, 0, 1, 100)))
        .isEmpty();
    byte[] much = new byte[WINDOW + 101];
    assertThat(client.write(stream, much, 0, much.length)).isEqualTo(WINDOW + 100);
    assertThat(feed(client, frame(WINDOW_UPDATE, 0, 1, 0))).isEmpty();
    // py-libp2p reads a length byte by byte and credits each.
    assertThat(feed(client, frame(WINDOW_UPDATE, 0, 1, 1), frame(WINDOW_UPDATE, 0, 1, 1)))
        .isEqualTo("Writable 1");
  }

  @Test
  void aLargerInitialWindowIsAnnouncedBehindTheSynOrAck() {
    YamuxLimits d = YamuxLimits.defaults();
    YamuxLimits large =
        new YamuxLimits(
            3 * WINDOW,
            d.maxWindow(),
            d.maxStreams(),
            d.ackBacklog(),
            d.maxQueuedControl(),
            d.maxQueuedPongs(),
            d.keepAlive(),
            d.pingTimeout(),
            d.maxFrame(),
            4 * WINDOW);
    Yamux yamux = new Yamux(true, large, 0);
    yamux.announce(yamux.open(0));
    assertThat(sent(yamux)).isEqualTo("WINDOW SYN 1 0, WINDOW 1 " + 2 * WINDOW);
    feed(yamux, data(SYN, 2, WINDOW));
    yamux.announce(2);
    assertThat(sent(yamux)).isEqualTo("WINDOW ACK 2 0, WINDOW 2 " + 2 * WINDOW);
    yamux.announce(yamux.open(0));
    assertThat(sent(yamux)).as("the budget is used").isEqualTo("WINDOW SYN 3 0");
    assertThat(yamux.write(1, new byte[2 * WINDOW], 0, 2 * WINDOW)).isEqualTo(WINDOW);
    assertThat(feed(yamux, data(0, 1, 3 * WINDOW))).isEqualTo("Data 1 " + 3 * WINDOW);
  }

  @Test
  void noMoreIsConsumedThanArrived() {
    feed(server, data(SYN, 1, FIVE));
    server.consumed(1, 5, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> server.consumed(1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> server.consumed(1, -1, 0));
  }

  @Test
  void aFinishedStreamIsGivenNoMoreCredit() {
    feed(server, data(SYN | FIN, 1, WINDOW));
    server.consumed(1, WINDOW, 0);
    assertThat(server.output().isEmpty()).isTrue();
  }

  @Test
  void theWindowDoublesWhileItIsUsedUpWithinTwoRoundTrips() {
    long rtt = ofMillis(50).toNanos();
    long now = 0;
    feed(server, data(SYN, 1, WINDOW));
    server.consumed(1, WINDOW, now);
    assertThat(sent(server)).isEqualTo("PING SYN 0 1, WINDOW ACK 1 0, WINDOW 1 " + WINDOW);

    now += rtt;
    assertThat(feedAt(server, now, frame(PING, ACK, 0, 1))).isEqualTo("Pong " + rtt);
    int window = WINDOW;
    while (window < 16 << 20) {
      now += rtt / 2;
      feedAt(server, now, data(0, 1, window));
      server.consumed(1, window, now);
      assertThat(sent(server)).as("fast").isEqualTo("WINDOW 1 " + 2 * window);
      window *= 2;

      now += 2 * rtt;
      feedAt(server, now, data(0, 1, window));
      server.consumed(1, window, now);
      assertThat(sent(server)).as("not fast").isEqualTo("WINDOW 1 " + window);
    }
    now += rtt / 2;
    feedAt(server, now, data(0, 1, window));
    server.consumed(1, window, now);
    assertThat(sent(server)).as("16 MiB are the most").isEqualTo("WINDOW 1 " + window);
  }

  @Test
  void windowsGrowNoFurtherThanTheConnectionMayHold() {
    Yamux yamux = new Yamux(false, Wire.limits(10, 10, 2 * WINDOW), 0);
    feed(yamux, data(SYN, 1, WINDOW));
    yamux.consumed(1, WINDOW, 0);
    feedAt(yamux, 100, frame(PING, ACK, 0, 1));
    sent(yamux);
    feedAt(yamux, 100, data(0, 1, WINDOW));
    yamux.consumed(1, WINDOW, 101);
    assertThat(sent(yamux)).isEqualTo("WINDOW 1 " + 2 * WINDOW);
    feedAt(yamux, 100, data(0, 1, 2 * WINDOW));
    yamux.consumed(1, 2 * WINDOW, 102);
    assertThat(sent(yamux)).isEqualTo("WINDOW 1 " + 3 * WINDOW);
    feedAt(yamux, 100, data(0, 1, 2 * WINDOW));
    yamux.consumed(1, 2 * WINDOW, 103);
    assertThat(sent(yamux)).as("the budget is used").isEqualTo("WINDOW 1 " + 2 * WINDOW);
  }

  @Test
  void moreThanTheConnectionMayHoldEndsTheStreamThatBroughtIt() {
    Yamux yamux = new Yamux(false, Wire.limits(10, 10, 2 * WINDOW), 0);
    feed(yamux, data(SYN, 1, WINDOW), data(SYN, 3, WINDOW));
    assertThat(feed(yamux, data(SYN, 5, 1), data(0, 5, 7), data(SYN, 7, 0)))
        .isEqualTo("Opened 5, Reset 5, Opened 7");
    assertThat(sent(yamux)).isEqualTo("DATA RST 5 0");
    yamux.reset(1);
    assertThat(feed(yamux, data(0, 7, WINDOW))).isEqualTo("Data 7 " + WINDOW);
  }
}
