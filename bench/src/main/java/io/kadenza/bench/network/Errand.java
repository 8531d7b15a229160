package io.kadenza.bench.network;

import io.kadenza.bench.Metric;
import io.kadenza.bench.RaceException;
import java.util.List;
import java.util.Map;

/// Something that clients are sent to do in a network. Not safe for use by several threads.
interface Errand {
  String name();

  /// What a turn reads, the first being what the race is about.
  List<Metric> metrics();

  /// Has clients do it for a turn, in their network.
  ///
  /// @throws RaceException if they did not do what they were to do
  Map<Metric, Double> run(Party party);
}
