package io.kadenza.node.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatterTest {
  private static final long SECOND = 1_000_000_000L;

  private final Chatter chatter = new Chatter("hall", 0);

  private List<String> flood(int messages, long now) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < messages; i++) {
      lines.addAll(chatter.hear("him", "spam " + i, now));
    }
    return lines;
  }

  @Test
  void whatPeopleSayIsPrinted() {
    assertThat(chatter.hear("her", "hello", 5))
        .containsExactly("Received message on 'hall' from her: hello");
    assertThat(chatter.isOwing()).isFalse();
    assertThat(chatter.sum(2 * SECOND)).isEmpty();
  }

  @Test
  void ofAFloodEachSecondHasItsFirstLinesAndACount() {
    assertThat(flood(5_000, 1)).hasSize(Chatter.LINES);
    assertThat(chatter.isOwing()).isTrue();

    assertThat(flood(5_000, SECOND + 1))
        .hasSize(Chatter.LINES + 1)
        .first()
        .isEqualTo("Left out 4,990 messages on 'hall', where more than 10 came in a second");
  }

  @Test
  void theCountIsToldWhenTheFloodIsOver() {
    flood(11, 1);

    assertThat(chatter.sum(SECOND - 1)).isEmpty();
    assertThat(chatter.sum(SECOND).orElseThrow()).startsWith("Left out 1 message on 'hall'");
    assertThat(chatter.sum(3 * SECOND)).isEmpty();
    assertThat(chatter.isOwing()).isFalse();
  }
}
