package io.kadenza.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
  @Test
  void oneIsNotMany() {
    assertThat(Counted.of(1, "peer")).isEqualTo("1 peer");
    assertThat(Counted.of(0, "peer")).isEqualTo("0 peers");
    assertThat(Counted.of(2_000, "peer")).isEqualTo("2,000 peers");
  }
}
