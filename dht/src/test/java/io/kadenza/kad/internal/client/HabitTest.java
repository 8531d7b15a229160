package io.kadenza.kad.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HabitTest {
  private static final long AT_ONCE = 1_000_000L;
  private static final long LATER = 60_000_000_000L;

  private final Habit habit = new Habit();

  @Test
  void rule03AStreamClosedRightAfterItsFirstAnswerIsNotReusedAgain() {
    habit.answered(1);
    habit.ended(1, true, false, AT_ONCE);

    assertThat(habit.reuses()).isFalse();
  }

  @Test
  void aPeerThatOnlyLostPatienceIsReused() {
    habit.answered(1);
    habit.ended(1, true, false, LATER);

    assertThat(habit.reuses()).isTrue();
  }

  @Test
  void aPeerKnownToGoOnMayCloseAtAnyTime() {
    habit.answered(1);
    habit.answered(2);
    habit.ended(2, true, false, AT_ONCE);
    habit.answered(1);
    habit.ended(1, true, false, AT_ONCE);

    assertThat(habit.reuses()).isTrue();
    assertThat(habit.goesOn()).isTrue();
  }

  @Test
  void afterFourDisappointmentsInARowNothingIsReused() {
    for (int i = 0; i < 3; i++) {
      habit.answered(1);
      habit.ended(1, false, true, AT_ONCE);
    }
    assertThat(habit.reuses()).isTrue();

    habit.answered(1);
    habit.ended(1, false, true, AT_ONCE);

    assertThat(habit.reuses()).isFalse();
  }

  @Test
  void aRefusalOfTheFirstRequestTeachesNothing() {
    for (int i = 0; i < 10; i++) {
      habit.ended(0, false, true, AT_ONCE);
    }

    assertThat(habit.reuses()).isTrue();
  }
}
