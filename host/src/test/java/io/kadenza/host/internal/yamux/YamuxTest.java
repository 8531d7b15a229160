package io.kadenza.host.internal.yamux;

import static io.kadenza.host.internal.yamux.Wire.ACK;
import static io.kadenza.host.internal.yamux.Wire.DATA;
import static io.kadenza.host.internal.yamux.Wire.FIN;
import static io.kadenza.host.internal.yamux.Wire.GO_AWAY;
import static io.kadenza.host.internal.yamux.Wire.RST;
import static io.kadenza.host.internal.yamux.Wire.SYN;
import static io.kadenza.host.internal.yamux.Wire.WINDOW;
import static io.kadenza.host.internal.yamux.Wire.WINDOW_UPDATE;
import static io.kadenza.host.internal.yamux.Wire.data;
import static io.kadenza.host.internal.yamux.Wire.feed;
import static io.kadenza.host.internal.yamux.Wire.frame;
import static io.kadenza.host.internal.yamux.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void longWritesAreCutIntoFrames() {
    int stream = client.open(0);
    client.write(stream, new byte[200_000], 0, 200_000);
    assertThat(sent(client))
        .isEqualTo("WINDOW SYN 1 0, DATA 1 65507, DATA 1 65507, DATA 1 65507, DATA 1 3479");
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
