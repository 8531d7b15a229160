package io.kadenza.bench;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// The turns of one scenario, and what follows from them.
///
/// @param tables how many peers each server had in its routing table
record Result(Scenario scenario, List<Integer> tables, List<Turn> turns) {
  /// By how much a server may differ from itself.
  static final double TOLERANCE = 0.1;

  Result {
    tables = List.copyOf(tables);
    turns = List.copyOf(turns);
  }

  /// The readings of one server, empty if it gave none.
  Optional<Spread> spread(int contender, Metric metric) {
    return spread(metric, turn -> turn.contender() == contender);
  }

  private Optional<Spread> spread(Metric metric, Predicate<Turn> which) {
    List<Double> readings =
        turns.stream()
            .filter(which)
            .map(turn -> turn.readings().get(metric))
            .filter(Objects::nonNull)
            .toList();
    return readings.isEmpty() ? Optional.empty() : Optional.of(Spread.of(readings));
  }

  /// The first server's median over the second's.
  Optional<Double> ratio(Metric metric) {
    return spread(0, metric)
        .flatMap(first -> spread(1, metric).map(second -> first.median() / second.median()))
        .filter(Double::isFinite);
  }

  /// The A/A check: the median of a server's second turns over that of its first, in the metric
  /// that the race is about. Between the two of a round lie the other server's turns, or none.
  double againstItself(int contender) {
    Metric metric = scenario.metrics().getFirst();
    Predicate<Turn> own = turn -> turn.contender() == contender;
    double first = spread(metric, own.and(turn -> !turn.second())).orElseThrow().median();
    double second = spread(metric, own.and(Turn::second)).orElseThrow().median();
    return second / first;
  }

  /// Whether both servers agree with themselves; if not, the race says nothing.
  boolean isValid() {
    return agrees(againstItself(0)) && agrees(againstItself(1));
  }

  private static boolean agrees(double ratio) {
    return ratio <= 1 + TOLERANCE && ratio >= 1 / (1 + TOLERANCE);
  }

  Spread otherLoad() {
    return Spread.of(turns.stream().map(Turn::otherLoad).toList());
  }
}
