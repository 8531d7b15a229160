package io.kadenza.gossip.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What cannot be set.
class GossipConfigTest {
  private static final GossipConfig CONFIG = GossipConfig.DEFAULT;

  @Test
  void aHeartbeatTakesTenMillisecondsToAnHour() {
    assertThat(CONFIG.withHeartbeat(Duration.ofMillis(10)).heartbeat()).hasMillis(10);
    var rare = CONFIG.withSeenTtl(Duration.ofHours(2)).withHeartbeat(Duration.ofHours(1));
    assertThat(rare.heartbeat()).hasHours(1);
    for (var other : new Duration[] {Duration.ofMillis(9), Duration.ofMinutes(61)}) {
      assertThatThrownBy(() -> rare.withHeartbeat(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("10 ms to 1 h");
    }
  }

  @Test
  void whatIsHeldFitsIntoASmallHeap() {
    assertThat(CONFIG.fittedTo(4L << 30)).isEqualTo(CONFIG);
    assertThat(CONFIG.fittedTo(512 << 20).maxHeldBytes()).isEqualTo(8 << 20);
    assertThat(CONFIG.fittedTo(16 << 20).maxHeldBytes()).isEqualTo(4 << 20);
  }

  @Test
  void whatTheUserHasSetIsNotCut() {
    var set = CONFIG.withMaxHeldBytes(16 << 20);
    assertThat(set.fittedTo(512 << 20)).isEqualTo(set);
  }

  @Test
  void whatIsSeenIsRememberedForAHeartbeatAtLeast() {
    Duration beat = CONFIG.heartbeat();
    assertThat(CONFIG.withSeenTtl(beat).seenTtl()).isEqualTo(beat);
    assertThatThrownBy(() -> CONFIG.withSeenTtl(beat.minusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seenTtl");
  }
}
