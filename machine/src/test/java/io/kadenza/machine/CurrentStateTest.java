package io.kadenza.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CurrentStateTest {
  private final AtomicInteger state = new AtomicInteger();
  private final List<Integer> told = new ArrayList<>();

  @Test
  void whatHoldsIsToldOnce() {
    CurrentState.tell(state::get, told::add);

    assertThat(told).containsExactly(0);
  }

  @Test
  void whatChangesWhileItIsToldIsToldAnew() {
    CurrentState.tell(
        state::get,
        now -> {
          told.add(now);
          state.compareAndSet(now, Math.min(now + 1, 2));
        });

    assertThat(told).containsExactly(0, 1, 2);
  }
}
