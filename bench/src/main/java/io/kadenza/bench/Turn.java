package io.kadenza.bench;

import java.util.List;
import java.util.Map;

/// What one server did in one stretch under load.
///
/// @param contender whose turn it was: 0 or 1
/// @param second whether it is the server's second turn in its round
/// @param otherLoad processors that were busy with neither the server nor the load, on average
public record Turn(
    int round, int contender, boolean second, Map<Metric, Double> readings, double otherLoad) {

  /// Whose turn it is, in the course of a round.
  public static final List<Integer> ORDER = List.of(0, 1, 1, 0);

  /// @param position in the round
  public static Turn of(int round, int position, Map<Metric, Double> readings, double otherLoad) {
    return new Turn(round, ORDER.get(position), position >= ORDER.size() / 2, readings, otherLoad);
  }
}
