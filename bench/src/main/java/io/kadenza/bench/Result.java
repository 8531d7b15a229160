package io.kadenza.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// The turns of one scenario, and what follows from them.
///
/// @param metrics what was read, the first being what the race is about
/// @param tables how many peers each contender had in its routing table
public record Result(
    String scenario, List<Metric> metrics, List<Integer> tables, List<Turn> turns) {
  /// By how much a server may differ from itself.
  static final double TOLERANCE = 0.1;

  private static final String NONE = "–";

  public Result {
    metrics = List.copyOf(metrics);
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
    Metric metric = metrics.getFirst();
    Predicate<Turn> own = turn -> turn.contender() == contender;
    double first = spread(metric, own.and(turn -> !turn.second())).orElseThrow().median();
    double second = spread(metric, own.and(Turn::second)).orElseThrow().median();
    return second / first;
  }

  /// All of it as rows of a table, the first being its head.
  ///
  /// @param names of the contenders
  List<List<String>> rows(List<String> names) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of(scenario, names.get(0), names.get(1), names.get(0) + " / " + names.get(1)));
    for (Metric metric : metrics) {
      rows.add(
          List.of(
              metric.name(),
              spread(0, metric).map(Spread::toString).orElse(NONE),
              spread(1, metric).map(Spread::toString).orElse(NONE),
              ratio(metric).map(Spread::number).orElse(NONE)));
    }
    rows.add(
        List.of(
            "A/A check",
            Spread.number(againstItself(0)),
            Spread.number(againstItself(1)),
            isValid() ? "ok" : "VOID"));
    if (!tables.isEmpty()) {
      rows.add(
          List.of("peers in the table", tables.get(0).toString(), tables.get(1).toString(), ""));
    }
    rows.add(List.of("other load, processors", otherLoad().toString(), "", ""));
    return rows;
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
