package io.kadenza.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final Patience patience = new Patience(Duration.ofSeconds(3), Duration.ofSeconds(10));

  private void answers(int count, int millis) {
    for (int i = 0; i < count; i++) {
      patience.answered(Duration.ofMillis(millis).toNanos());
    }
  }

  private Duration slowAfter() {
    return Duration.ofNanos(patience.slowAfter());
  }

  @Test
  void withoutExperienceItIsWhatOneStartsWith() {
    answers(9, 100);
    assertThat(slowAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void itIsTwiceWhatNineOfTenTake() {
    answers(58, 600);
    answers(6, 5000);
    assertThat(slowAfter()).isEqualTo(Duration.ofMillis(1200));
  }

  @Test
  void itHasBoundsOnBothSides() {
    answers(64, 1);
    assertThat(slowAfter()).isEqualTo(Duration.ofMillis(500));
    answers(64, 9000);
    assertThat(slowAfter()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aQuarterOfThePeersCannotMakeSlownessUsual() {
    answers(48, 200);
    answers(16, 9900);
    assertThat(slowAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void oldExperienceIsForgotten() {
    answers(1_000, 9000);
    answers(64, 1000);
    assertThat(slowAfter()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void evenToBeginWithItIsNoLongerThanAPeerMayTake() {
    var hasty = new Patience(Duration.ofSeconds(3), Duration.ofSeconds(2));
    assertThat(Duration.ofNanos(hasty.slowAfter())).isEqualTo(Duration.ofSeconds(2));
  }
}
