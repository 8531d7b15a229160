package io.kadenza.node.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BustleTest {
  private static final long MINUTE = 60_000_000_000L;

  private final Bustle bustle = new Bustle(0);

  private List<String> flood(int peers, long now) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < peers; i++) {
      lines.addAll(bustle.hear("Peer found: " + i, now));
    }
    return lines;
  }

  @Test
  void fewPeersAreTold() {
    assertThat(flood(Bustle.LINES, 1)).hasSize(Bustle.LINES).doesNotHaveDuplicates();
  }

  @Test
  void ofACrowdEachMinuteHasItsFirstLinesAndAWordOfIt() {
    assertThat(flood(50_000, 1))
        .hasSize(Bustle.LINES + 1)
        .last()
        .asString()
        .startsWith("More than 100 peers came or went in this minute");
    assertThat(flood(50_000, MINUTE - 1)).isEmpty();
    assertThat(flood(50_000, MINUTE)).hasSize(Bustle.LINES + 1);
  }
}
