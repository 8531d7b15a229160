package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.25S, 250ms",
    "PT59S, 59s",
    "PT59M59S, 59m",
    "PT23H5M, 23h 5m",
    "P2DT3H, 2d 3h",
    "-P4D, 0s"
  })
  void tellsTheTwoLargestUnits(Duration age, String text) {
    assertThat(Ages.text(age)).isEqualTo(text);
  }
}
