package io.kadenza.host.internal.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.internal.bytes.OutBuffer;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog(10);
  private final OutBuffer output = new OutBuffer();

  private boolean put(int amount) {
    boolean admitted = backlog.admit(amount, output);
    if (admitted) {
      output.put(new byte[amount], 0, amount);
    }
    return admitted;
  }

  @Test
  void noMoreThanTheLimitWaits() {
    assertThat(put(4)).isTrue();
    assertThat(put(6)).isTrue();
    assertThat(put(1)).isFalse();
  }

  @Test
  void whatHasBeenDrainedMakesRoomOnceAllThatWaitedWithItIsGone() {
    put(4);
    output.drain(4);
    put(6);
    output.putByte(0);
    assertThat(put(5)).isFalse();

    output.drain(6);
    assertThat(put(4)).as("six are counted until the byte behind them is gone").isTrue();
    assertThat(put(1)).isFalse();

    output.drain(5);
    assertThat(put(10)).isTrue();
  }
}
