package io.kadenza.gossip.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackoffsTest {
  private static final PeerId PEER = PeerId.ofPublicKey(new byte[] {1});
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Now start = new Now(Long.MAX_VALUE - 5, Instant.EPOCH);
  private final Backoffs backoffs = new Backoffs();

  @Test
  void itHoldsForItsTimeAndForUsALittleLonger() {
    backoffs.start("t", PEER, MINUTE, start);
    Now end = start.plus(MINUTE);

    assertThat(backoffs.holds("t", PEER, start.plus(Duration.ofSeconds(59)))).isTrue();
    assertThat(backoffs.holds("t", PEER, end)).isFalse();
    assertThat(backoffs.holds("t", PEER, end, Duration.ofSeconds(1))).isTrue();
    assertThat(backoffs.holds("u", PEER, start)).isFalse();
  }

  @Test
  void itIsLengthenedButNeverShortened() {
    backoffs.start("t", PEER, MINUTE, start);
    backoffs.start("t", PEER, Duration.ofSeconds(1), start);

    assertThat(backoffs.holds("t", PEER, start.plus(Duration.ofSeconds(59)))).isTrue();
  }

  @Test
  void itEndsAfterAnHourWhateverIsAsked() {
    backoffs.start("t", PEER, Duration.ofSeconds(Long.MAX_VALUE), start);

    assertThat(backoffs.holds("t", PEER, start.plus(Duration.ofHours(1)))).isFalse();
  }

  @Test
  void sweepingForgetsTheOnesThatEnded() {
    backoffs.start("t", PEER, MINUTE, start);
    backoffs.start("u", PEER, Duration.ofHours(1), start);

    backoffs.sweep(start.plus(MINUTE), Duration.ZERO);

    assertThat(backoffs.size()).isEqualTo(1);
  }

  @Test
  void thereAreNeverMoreThanTheBound() {
    for (int i = 0; i < Backoffs.MAX_ENTRIES + 10; i++) {
      backoffs.start("topic " + i, PEER, MINUTE, start);
    }

    assertThat(backoffs.size()).isEqualTo(Backoffs.MAX_ENTRIES);
    assertThat(backoffs.holds("topic 0", PEER, start)).isFalse();
  }
}
