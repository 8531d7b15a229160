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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T17: lengths, windows and ids that break the rules.
class YamuxViolationTest {

  private final Yamux yamux = Wire.server();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 0x80, 0xff})
  void anUnknownVersionEndsTheConnection(int version) {
    byte[] frame = frame(DATA, SYN, 1, 0);
    frame[0] = (byte) version;
    refused(frame);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 0x7f, 0xff})
  void anUnknownTypeEndsTheConnection(int type) {
    refused(frame(type, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x100, 0x8000, 0xfff1})
  void anUnknownFlagEndsTheConnection(int flags) {
    refused(frame(DATA, flags, 1, 0));
  }

  /// CVE-2026-32314: the stream was made before the length was looked at.
  @Test
  void moreDataWithTheSynThanTheInitialWindowIsRefusedBeforeAStreamExists() {
    refused(frame(DATA, SYN, 1, WINDOW + 1));
    assertThat(yamux.streams()).isZero();
  }

  @Test
  void aFullWindowWithTheSynIsFine() {
    assertThat(feed(yamux, frame(DATA, SYN, 1, WINDOW))).isEqualTo("Opened 1");
  }

  /// GHSA-hmj8-5xmh-5573: a giant length was read unbounded.
  @ParameterizedTest
  @ValueSource(ints = {WINDOW + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void dataBeyondTheWindowIsRefusedByItsHeader(int length) {
    feed(yamux, frame(DATA, SYN, 1, 0));
    refused(frame(DATA, 0, 1, length));
  }

  @Test
  void aUsedUpWindowTakesNotOneByteMore() {
    feed(yamux, data(SYN, 1, WINDOW - 1), data(0, 1, 1));
    refused(frame(DATA, 0, 1, 1));
  }

  /// CVE-2026-31814: credit that overflows 32 bits.
  @ParameterizedTest
  @ValueSource(ints = {-WINDOW, -1})
  void creditBeyond32BitsEndsTheConnection(int delta) {
    feed(yamux, frame(DATA, SYN, 1, 0));
    refused(frame(WINDOW_UPDATE, 0, 1, delta));
  }

  @Test
  void theLargestCreditIsFine() {
    feed(yamux, frame(DATA, SYN, 1, 0));
    assertThat(feed(yamux, frame(WINDOW_UPDATE, 0, 1, -WINDOW - 1))).isEmpty();
    refused(frame(WINDOW_UPDATE, 0, 1, 1));
  }

  @Test
  void creditBeyond32BitsWithTheSynIsRefusedBeforeAStreamExists() {
    refused(frame(WINDOW_UPDATE, SYN, 1, -1));
    assertThat(yamux.streams()).isZero();
  }

  @Test
  void aResetMayCarryAnErrorCodeWhereCreditWouldBe() {
    feed(yamux, frame(DATA, SYN, 1, 0));
    assertThat(feed(yamux, frame(WINDOW_UPDATE, RST, 1, -1))).isEqualTo("Reset 1");
    assertThat(feed(yamux, frame(WINDOW_UPDATE, SYN | RST, 3, -1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, -2})
  void aServerTakesOnlyOddIds(int id) {
    refused(frame(DATA, SYN, id, 0));
  }

  @Test
  void aClientTakesOnlyEvenIds() {
    Yamux client = Wire.client();
    assertThat(feed(client, frame(DATA, SYN, 2, 0), frame(DATA, SYN, -2, 0)))
        .isEqualTo("Opened 2, Opened -2");
    assertThatExceptionOfType(YamuxException.class)
        .isThrownBy(() -> feed(client, frame(DATA, SYN, 3, 0)));
  }

  @Test
  void anIdIsUsedOnce() {
    feed(yamux, frame(DATA, SYN, 1, 0), frame(DATA, RST, 1, 0));
    refused(frame(DATA, SYN, 1, 0));
  }

  @Test
  void synsMayOvertakeEachOther() {
    assertThat(feed(yamux, frame(DATA, SYN, 2001, 0), frame(DATA, SYN, 3, 0)))
        .isEqualTo("Opened 2001, Opened 3");
    refused(frame(DATA, SYN, 3, 0));
  }

  @Test
  void anIdFromLongAgoIsRefusedAsAStreamOnly() {
    feed(yamux, frame(DATA, SYN, 5001, 0));
    assertThat(feed(yamux, data(SYN, 3, 10), frame(DATA, 0, 5001, 0))).isEmpty();
    assertThat(sent(yamux)).isEqualTo("DATA RST 3 0");
  }

  @Test
  void aFrameForAStreamNobodyOpenedEndsTheConnection() {
    feed(yamux, frame(DATA, SYN, 5, 0));
    refused(frame(WINDOW_UPDATE, 0, 3, 1));
  }

  @Test
  void aFrameForAStreamWhoseSynWasNotSentEndsTheConnection() {
    assertThat(yamux.open(0)).isEqualTo(2);
    refused(frame(WINDOW_UPDATE, ACK, 2, 0));
  }

  @Test
  void dataBehindAFinEndsTheStreamOnly() {
    feed(yamux, data(SYN | FIN, 1, 10), frame(DATA, SYN, 3, 0));
    assertThat(feed(yamux, data(0, 1, 5), data(0, 3, 6))).isEqualTo("Reset 1, Data 3 6");
    assertThat(sent(yamux)).isEqualTo("DATA RST 1 0");
  }

  @Test
  void aSecondFinMeansNothing() {
    feed(yamux, data(SYN | FIN, 1, 10));
    assertThat(feed(yamux, frame(DATA, FIN, 1, 0), frame(WINDOW_UPDATE, FIN, 1, 0))).isEmpty();
  }

  @Test
  void dataThatRacesWithOurResetIsSkippedUpToTheWindowItHad() {
    feed(yamux, data(SYN, 1, 1000));
    yamux.reset(1);
    sent(yamux);
    assertThat(feed(yamux, data(0, 1, WINDOW - 2000), data(FIN, 1, 1000))).isEmpty();
    refused(frame(DATA, 0, 1, 1));
  }

  @Test
  void whatIsLeftOfAFrameIsSkippedWhenItsStreamIsResetHalfway() {
    feed(yamux, frame(DATA, SYN | FIN, 1, 1000), new byte[400]);
    yamux.reset(1);
    assertThat(feed(yamux, new byte[600], frame(DATA, SYN, 3, 0))).isEqualTo("Opened 3");
  }

  @Test
  void everythingIsRefusedAfterAViolation() {
    feed(yamux, frame(DATA, SYN, 1, 0));
    refused(frame(GO_AWAY, 0, 1, 0));
    refusedQuietly(frame(DATA, 0, 1, 0));
    assertThatExceptionOfType(YamuxException.class).isThrownBy(() -> yamux.tick(1));
    assertThat(yamux.write(1, new byte[1], 0, 1)).isEqualTo(Yamux.CLOSED);
    assertThat(yamux.open(0)).isZero();
    assertThat(yamux.refusal()).isEqualTo(OpenRefusal.GOING_AWAY);
    assertThat(yamux.deadline()).isEmpty();
    yamux.closeWrite(1);
    yamux.reset(1);
    yamux.goAway(0);
    yamux.consumed(1, 100, 0);
    assertThat(sent(yamux)).isEmpty();
  }

  private void refused(byte[] frame) {
    sent(yamux);
    refusedQuietly(frame);
    assertThat(sent(yamux)).isEqualTo("GOAWAY 0 1");
  }

  private void refusedQuietly(byte[] frame) {
    assertThatExceptionOfType(YamuxException.class)
        .isThrownBy(() -> feed(yamux, frame))
        .returns(YamuxException.Kind.PROTOCOL, YamuxException::kind);
  }
}
