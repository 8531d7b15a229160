package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BothTest {
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anErrorInEitherNetworkIsToldToWhoeverAskedBoth() {
    assertThatThrownBy(() ->
            Both.ask(
                () -> 1,
                () -> {
                  throw new StackOverflowError("as if");
                }))
        .hasRootCauseInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() ->
            Both.ask(
                () -> {
                  throw new StackOverflowError("as if");
                },
                () -> 1))
        .isInstanceOf(StackOverflowError.class);
  }
}
