package io.kadenza.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measures a stretch of a load that is under way: what a [Tally] counts against what the server's
/// process used. Both are read in the generator's event loop, in one go.
final class Stopwatch {
  static final Metric PER_CPU_SECOND = Metric.higher("per CPU-second");
  static final Metric PER_SECOND = Metric.higher("per second");
  static final Metric P50 = Metric.lower("p50, µs");
  static final Metric P99 = Metric.lower("p99, µs");

  /// All that it reads.
  static final List<Metric> METRICS = List.of(PER_CPU_SECOND, PER_SECOND, P50, P99);

  /// A failure in a thousand may be the machine's; more is the server's, and no figure is given.
  private static final double TOLERATED_FAILURES = 0.001;

  private record Start(long nanos, double cpuSeconds) {}

  private final Generator generator;
  private final ServerProcess server;
  private final Tally tally;

  Stopwatch(Generator generator, ServerProcess server, Tally tally) {
    this.generator = generator;
    this.server = server;
    this.tally = tally;
  }

  Map<Metric, Double> measure(Duration length) throws InterruptedException {
    Start start =
        generator.inLoop(() -> {
          tally.restart();
          return new Start(System.nanoTime(), server.cpuSeconds());
        });
    Thread.sleep(length);
    return generator.inLoop(() -> {
      var readings = read(start);
      tally.stop();
      return readings;
    });
  }

  private Map<Metric, Double> read(Start start) {
    long operations = tally.operations();
    if (operations == 0 || tally.failures() > operations * TOLERATED_FAILURES) {
      throw new RaceException(
          tally.failures()
              + " failures beside "
              + operations
              + " good answers; the first: "
              + tally.firstFailure());
    }
    double seconds = (System.nanoTime() - start.nanos()) / 1e9;
    var readings = new LinkedHashMap<Metric, Double>();
    readings.put(PER_CPU_SECOND, operations / (server.cpuSeconds() - start.cpuSeconds()));
    readings.put(PER_SECOND, operations / seconds);
    readings.put(P50, tally.percentileMicros(50));
    readings.put(P99, tally.percentileMicros(99));
    return readings;
  }
}
