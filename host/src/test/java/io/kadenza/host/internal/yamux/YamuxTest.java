package io.kadenza.host.internal.yamux;

import static io.kadenza.host.internal.yamux.Wire.ACK;
import static io.kadenza.host.internal.yamux.Wire.DATA;
import static io.kadenza.host.internal.yamux.Wire.FIN;
import static io.kadenza.host.internal.yamux.Wire.GO_AWAY;
import static io.kadenza.host.internal.yamux.Wire.PING;
import static io.kadenza.host.internal.yamux.Wire.RST;
import static io.kadenza.host.internal.yamux.Wire.SYN;
import static io.kadenza.host.internal.yamux.Wire.WINDOW;
import static io.kadenza.host.internal.yamux.Wire.WINDOW_UPDATE;
import static io.kadenza.host.internal.yamux.Wire.data;
import static io.kadenza.host.internal.yamux.Wire.feed;
import static io.kadenza.host.internal.yamux.Wire.feedAt;
import static io.kadenza.host.internal.yamux.Wire.frame;
import static io.kadenza.host.internal.yamux.Wire.sent;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamuxTest {

  private static final byte[] FIVE = {1, 2, 3, 4, 5};

  private final Yamux client = Wire.client();
  private final Yamux server = Wire.server();

  @Test
  void theSynGoesAheadOfTheFirstWrite() {
    int stream = client.open(0);
    assertThat(stream).isEqualTo(1);
    assertThat(client.output().isEmpty()).isTrue();
    assertThat(client.write(stream, FIVE, 0, 5)).isEqualTo(5);
    assertThat(client.write(stream, FIVE, 1, 3)).isEqualTo(3);
    assertThat(sent(client)).isEqualTo("WINDOW SYN 1 0, DATA 1 5, DATA 1 3");
  }

  @Test
  void aStreamThatListensFirstIsAnnounced() {
    int stream = client.open(0);
    client.announce(stream);
    client.announce(stream);
    assertThat(sent(client)).isEqualTo("WINDOW SYN 1 0");
  }

  @Test
  void idsAreOddForTheClientAndEvenForTheServer() {
    assertThat(List.of(client.open(0), client.open(0))).containsExactly(1, 3);
    assertThat(List.of(server.open(0), server.open(0))).containsExactly(2, 4);
  }

  @Test
  void theAckGoesAheadOfTheFirstAnswer() {
    feed(server, data(SYN, 1, FIVE));
    server.write(1, FIVE, 0, 5);
    assertThat(sent(server)).isEqualTo("WINDOW ACK 1 0, DATA 1 5");
  }

  @Test
  void aStreamIsForgottenWhenBothSidesHaveFinished() {
    feed(server, data(SYN | FIN, 1, FIVE));
    assertThat(server.streams()).isEqualTo(1);
    server.closeWrite(1);
    server.closeWrite(1);
    assertThat(sent(server)).isEqualTo("WINDOW ACK 1 0, DATA FIN 1 0");
    assertThat(server.streams()).isZero();
    assertThat(server.write(1, FIVE, 0, 5)).isEqualTo(Yamux.CLOSED);
  }

  @Test
  void nothingIsWrittenBehindOurOwnFin() {
    int stream = client.open(0);
    client.closeWrite(stream);
    assertThat(sent(client)).isEqualTo("WINDOW SYN 1 0, DATA FIN 1 0");
    assertThat(client.write(stream, FIVE, 0, 5)).isEqualTo(Yamux.CLOSED);
    assertThat(feed(client, data(ACK | FIN, 1, FIVE))).isEqualTo("Data 1 5, Finished 1");
    assertThat(client.streams()).isZero();
  }

  @Test
  void aStreamThatWasNeverAnnouncedIsResetInSilence() {
    client.reset(client.open(0));
    assertThat(client.output().isEmpty()).isTrue();
    assertThat(client.streams()).isZero();
  }

  @Test
  void callsAboutUnknownStreamsDoNothing() {
    client.announce(77);
    client.closeWrite(77);
    client.reset(0);
    client.consumed(77, 1000, 0);
    assertThat(client.write(-1, FIVE, 0, 5)).isEqualTo(Yamux.CLOSED);
    assertThat(client.output().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 11, 12, 13, 17, 64})
  void framesMayBeCutAnywhere(int chunk) {
    byte[] all =
        Wire.concat(
            frame(WINDOW_UPDATE, SYN, 1, 0), data(0, 1, FIVE), data(FIN, 1, FIVE), data(SYN, 3, 1));
    List<YamuxEvent> events = new ArrayList<>();
    List<Byte> payload = new ArrayList<>();
    for (int i = 0; i < all.length; i += chunk) {
      int from = events.size();
      server.receive(all, i, Math.min(chunk, all.length - i), 0, events);
      for (YamuxEvent event : events.subList(from, events.size())) {
        if (event instanceof YamuxEvent.Data(int _, byte[] buf, int off, int len)) {
          for (int k = off; k < off + len; k++) {
            payload.add(buf[k]);
          }
        }
      }
    }
    events.removeIf(YamuxEvent.Data.class::isInstance);
    assertThat(Wire.describe(events)).isEqualTo("Opened 1, Finished 1, Opened 3");
    assertThat(payload)
        .containsExactly(
            (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 1, (byte) 2, (byte) 3,
            (byte) 4, (byte) 5, (byte) 0);
  }

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
  void longWritesAreCutIntoFrames() {
    int stream = client.open(0);
    client.write(stream, new byte[200_000], 0, 200_000);
    assertThat(sent(client))
        .isEqualTo("WINDOW SYN 1 0, DATA 1 65507, DATA 1 65507, DATA 1 65507, DATA 1 3479");
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

  @Test
  void theBacklogOfUnacknowledgedStreamsIsBounded() {
    for (int i = 0; i < 256; i++) {
      assertThat(client.open(0)).isPositive();
    }
    assertThat(client.open(0)).isZero();
    assertThat(client.refusal()).isEqualTo(OpenRefusal.ACK_BACKLOG);
    client.announce(1);
    client.announce(3);
    feed(client, frame(WINDOW_UPDATE, ACK, 1, 0));
    assertThat(client.open(0)).isEqualTo(513);
    // A peer that forgets the ACK acknowledges by its first frame.
    feed(client, data(0, 3, FIVE));
    assertThat(client.open(0)).isEqualTo(515);
    client.reset(515);
    assertThat(client.open(0)).isEqualTo(517);
  }

  @Test
  void theNumberOfStreamsIsBounded() {
    Yamux yamux = new Yamux(true, Wire.limits(2, 10, 2 * WINDOW), 0);
    yamux.open(0);
    int second = yamux.open(0);
    assertThat(yamux.open(0)).isZero();
    assertThat(yamux.refusal()).isEqualTo(OpenRefusal.TOO_MANY_STREAMS);
    yamux.reset(second);
    assertThat(yamux.refusal()).isNull();
  }

  @Test
  void noStreamIsOpenedOrAcceptedOnceWeGoAway() {
    feed(server, data(SYN, 1, FIVE));
    server.goAway(Yamux.NORMAL);
    server.goAway(Yamux.NORMAL);
    assertThat(sent(server)).isEqualTo("GOAWAY 0 0");
    assertThat(server.refusal()).isEqualTo(OpenRefusal.GOING_AWAY);
    assertThat(feed(server, data(SYN, 3, FIVE), data(0, 1, FIVE))).isEqualTo("Data 1 5");
    assertThat(sent(server)).isEqualTo("DATA RST 3 0");
    assertThat(server.write(1, FIVE, 0, 5)).as("open streams go on").isEqualTo(5);
  }

  @Test
  void noStreamIsOpenedOnceTheRemoteGoesAway() {
    assertThat(feed(client, frame(GO_AWAY, 0, 0, 2), frame(GO_AWAY, 0, 0, 0)))
        .isEqualTo("GoneAway 2");
    assertThat(client.open(0)).isZero();
    assertThat(client.refusal()).isEqualTo(OpenRefusal.GOING_AWAY);
  }

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

  /// py-libp2p 0.2.9: SYN, ACK, FIN and RST on empty data frames, length and body apart.
  @Test
  void aConversationWithPy() {
    assertThat(
            feed(
                server,
                frame(DATA, SYN, 1, 0),
                data(0, 1, 1),
                data(0, 1, 30),
                frame(WINDOW_UPDATE, 0, 1, 1),
                frame(DATA, FIN, 1, 0)))
        .isEqualTo("Opened 1, Data 1 1, Data 1 30, Finished 1");
    int stream = server.open(0);
    server.write(stream, FIVE, 0, 5);
    assertThat(feed(server, frame(DATA, ACK, 2, 0), data(0, 2, 9), frame(DATA, RST, 2, 0)))
        .isEqualTo("Data 2 9, Reset 2");
  }

  /// go-yamux and js: everything on window updates, the initial one with more credit.
  @Test
  void aConversationWithGo() {
    assertThat(
            feed(
                server,
                frame(WINDOW_UPDATE, SYN, 1, 0),
                data(0, 1, 20),
                frame(WINDOW_UPDATE, FIN, 1, 0)))
        .isEqualTo("Opened 1, Data 1 20, Finished 1");
    int stream = server.open(0);
    server.announce(stream);
    feed(server, frame(WINDOW_UPDATE, ACK, 2, 16 << 20));
    byte[] much = new byte[17 << 20];
    assertThat(server.write(2, much, 0, much.length)).isEqualTo(WINDOW + (16 << 20));
  }

  /// rust-yamux: SYN with the first data, FIN with the last.
  @Test
  void aConversationWithRust() {
    assertThat(feed(server, data(SYN | FIN, 1, FIVE))).isEqualTo("Opened 1, Data 1 5, Finished 1");
    int stream = server.open(0);
    server.write(stream, FIVE, 0, 5);
    assertThat(feed(server, data(ACK | FIN, 2, FIVE))).isEqualTo("Data 2 5, Finished 2");
  }
}
