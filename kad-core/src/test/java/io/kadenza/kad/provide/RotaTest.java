package io.kadenza.kad.provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotaTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofHours(22);

  @Test
  void everyCellHasOneTurnInEveryInterval() {
    var rota = new Rota(INTERVAL, 12_345);
    long first = rota.turnAt(NOW);
    assertThat(rota.turnAt(NOW.plus(INTERVAL))).isEqualTo(first + Span.CELLS);
    var cells = new BitSet();
    for (long turn = first; turn < first + Span.CELLS; turn++) {
      cells.set(rota.cellOf(turn));
    }
    assertThat(cells.cardinality()).isEqualTo(Span.CELLS);
    assertThat(rota.cellOf(first + Span.CELLS)).isEqualTo(rota.cellOf(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT2M", "PT7M13.001S", "PT1H", "PT22H", "P30D", "P365D"})
  void aSavedTurnIsReadBackAsItWas(Duration interval) {
    var rota = new Rota(interval, 1);
    long turn = rota.turnAt(NOW);
    for (int i = 0; i < 100_000; i++, turn++) {
      assertThat(rota.turnAt(rota.timeOf(turn))).isEqualTo(turn);
    }
  }

  @Test
  void nodesStartAtCellsOfTheirOwn() {
    long turn = new Rota(INTERVAL, 0).turnAt(NOW);
    assertThat(new Rota(INTERVAL, 100).cellOf(turn))
        .isEqualTo((new Rota(INTERVAL, 0).cellOf(turn) + 100) % Span.CELLS);
  }

  @Test
  void anIntervalIsNeitherTooShortNorTooLong() {
    assertThatThrownBy(() -> new Rota(Duration.ofSeconds(119), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rota(Duration.ofDays(366), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
