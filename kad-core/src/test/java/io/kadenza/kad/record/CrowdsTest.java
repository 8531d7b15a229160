package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrowdsTest {
  private final Crowds crowds = new Crowds();

  private List<Long> all(int number) {
    var all = new ArrayList<Long>();
    for (int i = 0; i < crowds.count(number); i++) {
      all.add(crowds.get(number, i));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachIsAsAPlainListWouldBe(long seed) {
    var dice = new SplittableRandom(seed);
    Map<Integer, List<Long>> expected = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      var numbers = List.copyOf(expected.keySet());
      int number = numbers.isEmpty() ? -1 : numbers.get(dice.nextInt(numbers.size()));
      long value = dice.nextLong();
      switch (number < 0 ? 0 : dice.nextInt(8)) {
        case 0 -> {
          number = crowds.add(value, i);
          assertThat(expected.put(number, new ArrayList<>(List.of(value, (long) i)))).isNull();
        }
        case 1 -> {
          int index = dice.nextInt(expected.get(number).size());
          crowds.set(number, index, value);
          expected.get(number).set(index, value);
        }
        case 2, 3 -> {
          List<Long> list = expected.get(number);
          int index = dice.nextInt(list.size());
          crowds.remove(number, index);
          // The last one takes the place.
          list.set(index, list.getLast());
          list.removeLast();
        }
        default -> {
          crowds.append(number, value);
          expected.get(number).add(value);
        }
      }
      if (expected.get(number).isEmpty()) {
        crowds.remove(number);
        expected.remove(number);
      } else {
        assertThat(all(number)).as("seed %d, step %d", seed, i).isEqualTo(expected.get(number));
      }
    }
    expected.forEach((number, list) -> assertThat(all(number)).isEqualTo(list));
  }

  @Test
  void aNumberIsUsedAgain() {
    crowds.add(1, 2);
    int gone = crowds.add(3, 4);
    crowds.remove(gone);
    assertThat(crowds.add(5, 6)).isEqualTo(gone);
    assertThat(crowds.add(7, 8)).isEqualTo(gone + 1);
  }
}
