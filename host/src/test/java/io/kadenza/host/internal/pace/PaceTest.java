package io.kadenza.host.internal.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long START = Long.MAX_VALUE - 2 * SECOND;

  /// The clock overflows on the way, as a monotonic one may.
  private final Pace pace = new Pace(3, Duration.ofSeconds(1), START);

  private int taken(long now) {
    int taken = 0;
    while (taken < 100 && pace.take(now)) {
      taken++;
    }
    return taken;
  }

  @Test
  void thereAreSomeAtOnceAndThenOneForEachInterval() {
    assertThat(taken(START)).isEqualTo(3);
    assertThat(taken(START + SECOND - 1)).isZero();
    assertThat(taken(START + SECOND)).isEqualTo(1);
    assertThat(taken(START + 4 * SECOND)).isEqualTo(3);
    assertThat(taken(START + 100 * SECOND)).as("they do not pile up").isEqualTo(3);
  }

  @Test
  void itIsClearOnceNothingIsOwed() {
    assertThat(pace.isClear(START)).isTrue();
    assertThat(taken(START)).isEqualTo(3);
    assertThat(pace.isClear(START + 3 * SECOND - 1)).isFalse();
    assertThat(pace.isClear(START + 3 * SECOND)).isTrue();
  }
}
