package io.kadenza.host.internal.yamux;

import static io.kadenza.host.internal.yamux.Wire.DATA;
import static io.kadenza.host.internal.yamux.Wire.PING;
import static io.kadenza.host.internal.yamux.Wire.RST;
import static io.kadenza.host.internal.yamux.Wire.SYN;
import static io.kadenza.host.internal.yamux.Wire.WINDOW;
import static io.kadenza.host.internal.yamux.Wire.data;
import static io.kadenza.host.internal.yamux.Wire.feed;
import static io.kadenza.host.internal.yamux.Wire.frame;
import static io.kadenza.host.internal.yamux.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// T18 and T19: floods.
class YamuxFloodTest {

  private static final int CONTROL = 256 << 10;

  private final Yamux yamux = Wire.server();
  private final List<YamuxEvent> events = new ArrayList<>();
  private long now;

  @Test
  void aMillionSynsOpenTheBacklogAndNoMore() {
    int resets = 0;
    for (int i = 0; i < 1_000_000; i++) {
      receive(frame(DATA, SYN, 2 * i + 1, 0));
      resets += yamux.output().size() / 12;
      yamux.output().clear();
    }
    assertThat(events).hasSize(256).allMatch(YamuxEvent.Opened.class::isInstance);
    assertThat(yamux.streams()).isEqualTo(256);
    assertThat(resets).isEqualTo(1_000_000 - 256);
  }

  @Test
  void acknowledgedStreamsAreBoundedToo() {
    for (int i = 0; i < 1000; i++) {
      receive(frame(DATA, SYN, 2 * i + 1, 0));
      yamux.announce(2 * i + 1);
      yamux.output().clear();
    }
    assertThat(yamux.streams()).isEqualTo(512);
    yamux.reset(1);
    receive(frame(DATA, SYN, 3001, 0));
    assertThat(yamux.streams()).isEqualTo(512);
  }

  @Test
  void openingAndResettingStreamsForEverLeavesNothingBehind() {
    for (int i = 0; i < 200_000; i++) {
      now += Duration.ofMillis(5).toNanos();
      receive(data(SYN, 2 * i + 1, 1));
      receive(frame(DATA, RST, 2 * i + 1, 0));
      events.clear();
    }
    assertThat(yamux.streams()).isZero();
    assertThat(yamux.output().isEmpty()).isTrue();
    receive(data(SYN, 400_001, WINDOW));
    assertThat(Wire.describe(events)).isEqualTo("Opened 400001, Data 400001 " + WINDOW);
  }

  /// HTTP/2 calls it rapid reset: cheap for whoever does it, and dear for us.
  @Test
  void resettingStreamsFasterThanAnybodyHasToIsAViolation() {
    for (int i = 0; i < 1_024; i++) {
      receive(frame(DATA, SYN, 2 * i + 1, 0));
      receive(frame(DATA, RST, 2 * i + 1, 0));
    }
    receive(frame(DATA, SYN, 3_001, 0));

    assertThatExceptionOfType(YamuxException.class)
        .isThrownBy(() -> receive(frame(DATA, RST, 3_001, 0)))
        .returns(YamuxException.Kind.PROTOCOL, YamuxException::kind);
  }

  @Test
  void streamsThatAreOverWithTheFrameThatOpensThemCountAsReset() {
    for (int i = 0; i < 1_024; i++) {
      receive(frame(DATA, SYN | RST, 2 * i + 1, 0));
    }

    assertThatExceptionOfType(YamuxException.class)
        .isThrownBy(() -> receive(frame(DATA, SYN | RST, 3_001, 0)));
  }

  @Test
  void aPeerThatNeverReadsItsRefusalsIsClosedAtTheBound() {
    assertThatExceptionOfType(YamuxException.class)
        .isThrownBy(() -> {
          for (int i = 0; i < 1_000_000; i++) {
            receive(frame(DATA, SYN, 2 * i + 1, 0));
          }
        })
        .returns(YamuxException.Kind.NOT_READING, YamuxException::kind);
    assertThat(yamux.output().size()).isBetween(CONTROL - 12, CONTROL);
  }

  @Test
  void thirtyTwoPingsAreAnsweredWhileTheAnswersWait() {
    for (int i = 0; i < 200_000; i++) {
      receive(frame(PING, SYN, 0, i));
    }
    assertThat(yamux.output().size()).isEqualTo(32 * 12);
    assertThat(sent(yamux)).startsWith("PING ACK 0 0, ").endsWith("PING ACK 0 31");
    receive(frame(PING, SYN, 0, 77));
    assertThat(sent(yamux)).isEqualTo("PING ACK 0 77");
  }

  @Test
  void aPeerThatReadsSlowlyIsAnsweredForEver() {
    // The output is never empty, so that only what was drained can give the counts back.
    int answered = 0;
    for (int i = 0; i < 100_000; i++) {
      now += Duration.ofMillis(5).toNanos();
      receive(frame(PING, SYN, 0, i));
      receive(frame(DATA, SYN | RST, 2 * i + 1, 0));
      if (yamux.output().size() > 120) {
        yamux.output().drain(108);
        answered += 9;
      }
    }
    assertThat(answered).isGreaterThan(99_900);
  }

  @Test
  void controlFramesOfOurOwnMakingAreBoundedWithoutThrowingAtTheApplication() {
    // Consumption queues window updates while a dead peer's socket takes nothing.
    receive(frame(DATA, SYN, 1, 0));
    int granted = 0;
    for (; yamux.refusal() == null; granted++) {
      receive(data(0, 1, WINDOW / 2));
      yamux.consumed(1, WINDOW / 2, 0);
      events.clear();
    }
    assertThat(granted * 12).isBetween(CONTROL - 48, CONTROL);
    assertThat(yamux.deadline()).hasValue(0);
    assertThatExceptionOfType(YamuxException.class)
        .isThrownBy(() -> yamux.tick(0))
        .returns(YamuxException.Kind.NOT_READING, YamuxException::kind);
    assertThat(yamux.deadline()).isEmpty();
  }

  @Test
  void emptyDataFramesAreNoEvents() {
    receive(frame(DATA, SYN, 1, 0));
    events.clear();
    for (int i = 0; i < 100_000; i++) {
      receive(frame(DATA, 0, 1, 0));
    }
    assertThat(events).isEmpty();
    assertThat(feed(yamux, data(0, 1, 5))).isEqualTo("Data 1 5");
  }

  private void receive(byte[] frame) {
    yamux.receive(frame, 0, frame.length, now, events);
  }
}
