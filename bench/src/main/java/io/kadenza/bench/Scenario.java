package io.kadenza.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One kind of load. Not safe for use by several threads.
interface Scenario {
  String name();

  /// What a run reads, the first being what the race is about.
  List<Metric> metrics();

  /// Whether each run needs a server that has seen no other.
  default boolean needsFreshServer() {
    return false;
  }

  /// Puts the load on a server for a while.
  ///
  /// @throws RaceException if the server did not do what was asked of it
  Map<Metric, Double> run(ServerProcess server, Duration length) throws InterruptedException;
}
