package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundTest {
  private final Background background = new Background();
  private final List<String> done = new ArrayList<>();

  @Test
  void whatWaitsForTheEndIsDoneOnce() {
    background.take(2);
    background.whenEmpty(() -> done.add("a"));
    background.release();
    assertThat(done).isEmpty();
    background.release();
    background.take(1);
    background.release();
    assertThat(done).containsExactly("a");
  }

  @Test
  void whereNothingRunsItIsDoneAtOnce() {
    background.whenEmpty(() -> done.add("a"));
    assertThat(done).containsExactly("a");
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsForgotten() {
    Runnable first = () -> done.add("a");
    background.take(1);
    background.whenEmpty(first);
    background.whenEmpty(() -> done.add("b"));
    background.forget(first);
    background.release();
    assertThat(done).containsExactly("b");
  }
}
