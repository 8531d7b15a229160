package io.kadenza.gossip.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrawTest {
  private static final List<Integer> CANDIDATES = List.of(1, 2, 3, 4, 5);

  @Test
  void asManyAsThereAreAreDrawnAndEachOnce() {
    assertThat(Draw.some(CANDIDATES, 9, new Random(1)))
        .containsExactlyInAnyOrderElementsOf(CANDIDATES);
    assertThat(Draw.some(CANDIDATES, 3, new Random(1))).hasSize(3).doesNotHaveDuplicates();
    assertThat(Draw.some(CANDIDATES, -1, new Random(1))).isEmpty();
  }

  @Test
  void everyCandidateHasTheSameChance() {
    int[] counts = new int[6];
    var random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      Draw.some(CANDIDATES, 2, random).forEach(c -> counts[c]++);
    }

    assertThat(CANDIDATES).allSatisfy(c -> assertThat(counts[c]).isBetween(3_700, 4_300));
  }
}
