package io.kadenza.kad.provide;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageTest {
  /// A covered cell has no point that is farther from the center than the radius, but for what is
  /// less than a cell.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsCoveredIsWithinTheRadius(long seed) {
    var random = new SplittableRandom(seed);
    var coverage = new Coverage();
    KadKey center = KadKey.of(Peers.key(random));
    double radius = Math.pow(2, -random.nextDouble(10));
    coverage.add(center, radius);
    for (int i = 0; i < 20_000; i++) {
      KadKey point = KadKey.of(Peers.key(random));
      double distance = center.distance(point).fraction();
      boolean covered = coverage.contains(cell(Span.cellOf(point)));
      if (covered) {
        assertThat(distance).isLessThanOrEqualTo(radius + 1.0 / Span.CELLS);
      } else {
        assertThat(distance).isGreaterThan(radius - 1.0 / Span.CELLS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 40_000, 65_535})
  void theLastGapIsTheLastCellThatIsNotCovered(int cell) {
    var coverage = new Coverage();
    assertThat(coverage.lastGap(Span.ALL)).isEqualTo(Span.CELLS - 1);
    coverage.add(KadKey.of(Peers.key(new SplittableRandom(1))), 1);
    assertThat(coverage.lastGap(Span.ALL)).isNegative();
    assertThat(coverage.contains(Span.ALL)).isTrue();
    assertThat(new Coverage().lastGap(cell(cell))).isEqualTo(cell);
    assertThat(new Coverage().lastGap(new Span(cell, cell))).isNegative();
  }

  private static Span cell(int cell) {
    return new Span(cell, cell + 1);
  }
}
