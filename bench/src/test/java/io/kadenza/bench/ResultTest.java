package io.kadenza.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
  private static final Metric RATE = Metric.higher("rate");

  /// One round for each row: A, B, B, A.
  private static Result result(double[]... rounds) {
    var turns = new ArrayList<Turn>();
    for (int round = 0; round < rounds.length; round++) {
      for (int i = 0; i < Turn.ORDER.size(); i++) {
        turns.add(Turn.of(round, i, Map.of(RATE, rounds[round][i]), 0.5));
      }
    }
    return new Result("nothing", List.of(RATE), List.of(130, 131), turns);
  }

  @Test
  void comparesTheMedians() {
    Result result = result(new double[] {10, 1, 3, 30}, new double[] {20, 2, 2, 20});

    assertThat(result.ratio(RATE)).contains(10.0);
    assertThat(result.spread(0, RATE)).contains(new Spread(20, 10, 30));
  }

  @Test
  void isVoidWhenAServerDisagreesWithItself() {
    assertThat(result(new double[] {100, 10, 10, 109}).isValid()).isTrue();
    assertThat(result(new double[] {100, 10, 10, 111}).isValid()).isFalse();
    assertThat(result(new double[] {100, 10, 8, 100}).isValid()).isFalse();
  }

  @Test
  void givesNoRatioWhereOneSideHasNoReading() {
    assertThat(result(new double[] {1, 1, 1, 1}).ratio(Metric.lower("other"))).isEmpty();
  }
}
