package io.kadenza.bench.network;

import io.kadenza.bench.Metric;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// What it takes clients to do something: how long each operation took, their process's processor
/// time, and the requests that arrived at the servers meanwhile.
final class Effort {
  static final Metric P50 = Metric.lower("p50, ms");
  static final Metric P99 = Metric.lower("p99, ms");
  static final Metric CPU = Metric.lower("client's CPU ms for each");
  static final Metric REQUESTS = Metric.lower("requests for each");
  static final List<Metric> METRICS = List.of(P50, P99, CPU, REQUESTS);

  /// Operations return before all they have caused is over.
  private static final Duration SETTLE = Duration.ofMillis(300);

  private static final long LONGEST_NANOS = Duration.ofMinutes(30).toNanos();
  private static final int DIGITS = 3;

  record Spent(List<Crowd.Done> done, Map<Metric, Double> readings) {}

  private final Swarm swarm;

  Effort(Swarm swarm) {
    this.swarm = swarm;
  }

  Spent of(Crowd crowd, Supplier<List<Crowd.Done>> work) {
    long requests = swarm.requests();
    double cpu = crowd.process().cpuSeconds();
    List<Crowd.Done> done = work.get();
    settle();
    var readings = new LinkedHashMap<Metric, Double>();
    var latencies = new Histogram(LONGEST_NANOS, DIGITS);
    done.forEach(one -> latencies.recordValue(Math.clamp(one.nanos(), 1, LONGEST_NANOS)));
    readings.put(P50, latencies.getValueAtPercentile(50) / 1e6);
    readings.put(P99, latencies.getValueAtPercentile(99) / 1e6);
    readings.put(CPU, (crowd.process().cpuSeconds() - cpu) * 1e3 / done.size());
    readings.put(REQUESTS, (swarm.requests() - requests) / (double) done.size());
    return new Spent(done, readings);
  }

  private static void settle() {
    try {
      Thread.sleep(SETTLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
