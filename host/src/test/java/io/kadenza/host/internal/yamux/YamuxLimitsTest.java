package io.kadenza.host.internal.yamux;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What cannot be set.
class YamuxLimitsTest {
  private static final int WINDOW = YamuxLimits.SPECIFIED_WINDOW;
  private static final Duration TIME = Duration.ofSeconds(1);

  /// Of everything that is a number.
  private static final int[] LEAST = {WINDOW, WINDOW, 1, 1, 1_024, 1, 1, WINDOW};

  private static void make(Duration keepAlive, Duration pingTimeout, int... n) {
    var _ = new YamuxLimits(n[0], n[1], n[2], n[3], n[4], n[5], keepAlive, pingTimeout, n[6], n[7]);
  }

  @ParameterizedTest
  @CsvSource({
    "0, initialWindow",
    "1, maxWindow",
    "2, maxStreams",
    "3, ackBacklog",
    "4, maxQueuedControl",
    "5, maxQueuedPongs",
    "6, maxFrame",
    "7, connectionReceiveBytes",
  })
  void eachNumberHasALeast(int place, String name) {
    int[] numbers = LEAST.clone();
    assertThatCode(() -> make(TIME, TIME, numbers)).doesNotThrowAnyException();
    numbers[place]--;
    assertThatThrownBy(() -> make(TIME, TIME, numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is " + numbers[place]);
  }

  @Test
  void aStreamAndAConnectionHoldTheFirstWindowAtLeast() {
    int[] numbers = LEAST.clone();
    numbers[0]++;
    assertThatThrownBy(() -> make(TIME, TIME, numbers)).hasMessageContaining("maxWindow is");
    numbers[1]++;
    assertThatThrownBy(() -> make(TIME, TIME, numbers))
        .hasMessageContaining("connectionReceiveBytes is");
  }

  @Test
  void thereMayBeNoKeepAliveButAPingHasItsTime() {
    assertThatCode(() -> make(Duration.ZERO, TIME, LEAST)).doesNotThrowAnyException();
    assertThatThrownBy(() -> make(TIME.negated(), TIME, LEAST)).hasMessageContaining("keepAlive");
    for (Duration wrong : new Duration[] {Duration.ZERO, TIME.negated()}) {
      assertThatThrownBy(() -> make(TIME, wrong, LEAST)).hasMessageContaining("pingTimeout");
    }
  }
}
