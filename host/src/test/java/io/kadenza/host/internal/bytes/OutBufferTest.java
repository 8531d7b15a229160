package io.kadenza.host.internal.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutBufferTest {

  @Test
  void numbersAreBigEndian() {
    OutBuffer out = new OutBuffer();
    out.putByte(0x01);
    out.putShort(0x0203);
    out.putInt(0x04050607);
    assertThat(out.take()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(out.isEmpty()).isTrue();
    assertThat(out.drained()).isEqualTo(7);
  }

  @Test
  void whatWasReservedCountsOnceCommitted() {
    OutBuffer out = new OutBuffer();
    out.putByte(9);
    int at = out.reserve(1000);
    out.array()[at] = 7;
    assertThat(out.size()).isEqualTo(1);
    out.commit(1);
    assertThat(out.take()).containsExactly(9, 7);
  }

  @Test
  void anEmptyBufferHoldsNoLargeArray() {
    OutBuffer out = new OutBuffer();
    out.put(new byte[100_000], 0, 100_000);
    out.drain(99_999);
    assertThat(out.array().length).isGreaterThanOrEqualTo(100_000);
    out.drain(1);
    assertThat(out.array()).isEmpty();
    out.putByte(1);
    out.clear();
    assertThat(out.array().length).isBetween(1, 4096);
  }

  @Test
  void trimShrinksWhatIsMostlyDrained() {
    OutBuffer out = new OutBuffer();
    out.put(new byte[100_000], 0, 100_000);
    out.putByte(5);
    out.drain(99_990);
    out.trim();
    assertThat(out.array()).hasSize(11);
    assertThat(out.take()).endsWith(5).hasSize(11);
  }

  @Test
  void noMoreIsDrainedThanWaits() {
    OutBuffer out = new OutBuffer();
    out.putByte(1);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> out.drain(2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> out.drain(-1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> out.put(new byte[3], 2, 2));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void itIsAQueue(long seed) {
    Random random = new Random(seed);
    OutBuffer out = new OutBuffer();
    OutBuffer next = new OutBuffer();
    ArrayDeque<Byte> expected = new ArrayDeque<>();
    for (int step = 0; step < 2000; step++) {
      byte[] some = new byte[random.nextInt(300)];
      random.nextBytes(some);
      out.put(some, 0, some.length);
      for (byte b : some) {
        expected.add(b);
      }
      int drain = random.nextInt(Math.min(out.size(), 310) + 1);
      for (int i = 0; i < drain; i++) {
        assertThat(out.array()[out.start() + i]).isEqualTo(expected.remove());
      }
      out.drain(drain);
      assertThat(out.size()).isEqualTo(expected.size());
      if (random.nextInt(50) == 0) {
        out.drainTo(next);
        for (byte b : next.take()) {
          assertThat(b).isEqualTo(expected.remove());
        }
      }
    }
  }
}
