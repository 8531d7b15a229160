package io.kadenza.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  @Test
  void whoeverComesLateStillLooksOnce() {
    var past = Deadline.after(Duration.ofSeconds(-1));

    assertThat(past.isOver()).isTrue();
    assertThat(past.left()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void aLimitMayBeForEver() {
    var never = Deadline.after(ChronoUnit.FOREVER.getDuration());

    assertThat(never.isOver()).isFalse();
    assertThat(never.left()).isGreaterThan(Duration.ofDays(36_500));
    assertThat(never.leftAtMost(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void severalWaitsShareOneLimit() {
    var deadline = Deadline.after(Duration.ofHours(1));

    assertThat(deadline.left()).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
    assertThat(deadline.leftAtMost(Duration.ofHours(2))).isLessThanOrEqualTo(Duration.ofHours(1));
  }
}
