package io.kadenza.sim.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eventsFireInTheOrderOfTheirTimeHoweverFarOffTheyAre(long seed) {
    var random = new SplittableRandom(seed);
    var timeline = new Timeline();
    List<Long> fired = new ArrayList<>();
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      long at = random.nextLong(1L << random.nextInt(1, 52));
      expected.add(at);
      timeline.at(at, () -> fired.add(timeline.nanos()));
    }
    timeline.runUntil(1L << 52);
    expected.sort(Long::compare);
    assertThat(fired).as("seed %d", seed).isEqualTo(expected);
    assertThat(timeline.pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eventsOfOneInstantFireInTheOrderInWhichTheyWereScheduled(long seed) {
    var random = new SplittableRandom(seed);
    var timeline = new Timeline();
    long instant = random.nextLong(1L << 45);
    List<Integer> fired = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      timeline.at(instant, () -> fired.add(number));
    }
    timeline.runUntil(instant);
    assertThat(fired).as("seed %d", seed).isSorted().hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatAnEventSchedulesFiresInItsTurn(long seed) {
    var random = new SplittableRandom(seed);
    var timeline = new Timeline();
    List<Long> fired = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      timeline.at(random.nextLong(1L << 36), () -> chain(timeline, random, fired, 20));
    }
    while (timeline.step(1L << 50)) {
      assertThat(fired).as("seed %d", seed).isSorted();
    }
    assertThat(fired).hasSize(50 * 21);
  }

  private static void chain(
      Timeline timeline, SplittableRandom random, List<Long> fired, int left) {
    fired.add(timeline.nanos());
    if (left > 0) {
      long delay = random.nextLong(1L << random.nextInt(1, 40));
      timeline.at(timeline.nanos() + delay, () -> chain(timeline, random, fired, left - 1));
    }
  }
}
