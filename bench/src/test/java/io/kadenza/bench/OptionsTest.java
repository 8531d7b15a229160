package io.kadenza.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void racesAgainstGoUnlessToldOtherwise() {
    Options options = Options.parse();

    assertThat(options.contenders()).containsExactly("kadenza", "go");
    assertThat(options.scenarios()).isEqualTo(Scenarios.NAMES);
    assertThat(options.repeats()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void takesPositiveNumbersOnly() {
    assertThat(Options.parse("--repeats", "7").repeats()).isEqualTo(7);
    assertThatThrownBy(() -> Options.parse("--repeats", "0"))
        .hasMessageContaining("--repeats takes a number, 1 at least");
    assertThatThrownBy(() -> Options.parse("--seconds", "soon")).hasMessageContaining("soon");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Options.parse("--fast", "1")).hasMessageContaining("--fast");
    assertThatThrownBy(() -> Options.parse("--scenarios", "put")).hasMessageContaining("idle");
    assertThatThrownBy(() -> Options.parse("--contenders", "go")).hasMessageContaining("two");
  }
}
