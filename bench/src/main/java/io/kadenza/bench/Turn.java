package io.kadenza.bench;

import java.util.Map;

/// What one server did in one stretch under load.
///
/// @param contender whose turn it was: 0 or 1
/// @param second whether it is the server's second turn in its round
/// @param otherLoad processors that were busy with neither the server nor the load, on average
record Turn(
    int round, int contender, boolean second, Map<Metric, Double> readings, double otherLoad) {}
