package io.kadenza.bench.network;

import io.kadenza.bench.Metric;
import io.kadenza.bench.PeerProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// What it takes clients to do something: how long each operation took, the processor time of their
/// process and of the servers, and the requests that arrived there meanwhile.
final class Effort {
  static final Metric P50 = Metric.lower("p50, ms");
  static final Metric P99 = Metric.lower("p99, ms");
  static final Metric CPU = Metric.lower("client's CPU ms for each");
  static final Metric ALL_CPU = Metric.lower("CPU ms for each, servers included");
  static final Metric REQUESTS = Metric.lower("requests for each");
  static final List<Metric> METRICS = List.of(P50, P99, CPU, ALL_CPU, REQUESTS);

  /// Operations return before all they have caused is over.
  private static final Duration SETTLE = Duration.ofMillis(300);

  private static final long LONGEST_NANOS = Duration.ofMinutes(30).toNanos();
  private static final int DIGITS = 3;

  record Spent(List<Crowd.Done> done, Map<Metric, Double> readings) {}

  private Effort() {}

  static Spent of(Party party, Supplier<List<Crowd.Done>> work) {
    Swarm swarm = party.swarm();
    PeerProcess clients = party.crowd().process();
    long requests = swarm.requests();
    double servers = swarm.cpuSeconds();
    double cpu = clients.cpuSeconds();
    List<Crowd.Done> done = work.get();
    settle();
    var readings = new LinkedHashMap<Metric, Double>();
    var latencies = new Histogram(LONGEST_NANOS, DIGITS);
    done.forEach(one -> latencies.recordValue(Math.clamp(one.nanos(), 1, LONGEST_NANOS)));
    readings.put(P50, latencies.getValueAtPercentile(50) / 1e6);
    readings.put(P99, latencies.getValueAtPercentile(99) / 1e6);
    cpu = clients.cpuSeconds() - cpu;
    servers = swarm.cpuSeconds() - servers;
    readings.put(CPU, cpu * 1e3 / done.size());
    readings.put(ALL_CPU, (cpu + servers) * 1e3 / done.size());
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
