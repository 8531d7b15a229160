package io.kadenza.gossip.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeenCacheTest {
  private static final Duration TTL = Duration.ofSeconds(120);
  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("b");
  private static final Bytes C = Bytes.utf8("c");

  private final Now start = new Now(Long.MAX_VALUE - 5, Instant.EPOCH);

  @Test
  void anIdIsSeenUntilItsTimeIsOver() {
    var seen = new SeenCache(TTL, 1_000);
    seen.add(A, start);
    seen.add(A, start.plus(Duration.ofSeconds(60)));

    assertThat(seen.contains(A, start.plus(Duration.ofSeconds(119)))).isTrue();
    assertThat(seen.contains(A, start.plus(TTL))).isFalse();
  }

  @Test
  void sweepingForgetsWhatExpiredAndNothingElse() {
    var seen = new SeenCache(TTL, 1_000);
    seen.add(A, start);
    seen.add(B, start.plus(Duration.ofSeconds(1)));

    seen.sweep(start.plus(TTL));

    assertThat(seen.size()).isEqualTo(1);
    assertThat(seen.contains(B, start.plus(TTL))).isTrue();
  }

  @Test
  void whenFullTheOldestGoes() {
    var seen = new SeenCache(TTL, 350);
    seen.add(A, start);
    seen.add(B, start);
    seen.add(C, start);

    assertThat(seen.size()).isEqualTo(2);
    assertThat(seen.contains(A, start)).isFalse();
  }
}
