package io.kadenza.bench.network;

import io.kadenza.bench.Metric;
import io.kadenza.bench.RaceException;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A client provides many contents that nobody has seen by a sweep. One thread at a time.
final class SweepErrand {
  private static final Metric CPU = Metric.lower("CPU µs for each content");
  private static final Metric CPU_SECONDS = Metric.lower("CPU-seconds");
  private static final Metric CPU_RECORD = Metric.lower("CPU µs for each record");
  private static final Metric SECONDS = Metric.lower("seconds");
  private static final Metric LOOKUPS = Metric.lower("lookups");
  private static final Metric FIND_NODES = Metric.lower("FIND_NODEs");
  private static final Metric RECORDS = Metric.lower("ADD_PROVIDERs");
  private static final Metric BEFORE = Metric.lower("resident MiB before");
  private static final Metric PEAK = Metric.lower("resident MiB at the peak so far");
  private static final Metric ARRIVED = Metric.higher("% of the 20 closest that know");
  private static final Metric WORST = Metric.higher("who know of the least known content");

  /// What a sweep reads.
  static final List<Metric> METRICS =
      List.of(
          CPU,
          CPU_SECONDS,
          CPU_RECORD,
          SECONDS,
          LOOKUPS,
          FIND_NODES,
          RECORDS,
          BEFORE,
          PEAK,
          ARRIVED,
          WORST);

  private static final int K = 20;
  private static final double MEBIBYTE = 1 << 20;

  /// What was sent has arrived when nothing more comes for so long.
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Swarm swarm;
  private final ProvideOptions options;

  /// Each sweep has contents of its own.
  private long seed;

  SweepErrand(Swarm swarm, ProvideOptions options) {
    this.swarm = swarm;
    this.options = options;
  }

  Map<Metric, Double> run(Crowd crowd) {
    swarm.clear();
    seed++;
    var readings = new LinkedHashMap<Metric, Double>();
    readings.put(BEFORE, crowd.process().residentBytes() / MEBIBYTE);
    double before = crowd.process().cpuSeconds();
    JsonNode swept = crowd.sweep(seed, options.contents());
    long records = arrived();
    double cpu = crowd.process().cpuSeconds() - before;
    readings.put(CPU, cpu * 1e6 / options.contents());
    readings.put(CPU_SECONDS, cpu);
    readings.put(CPU_RECORD, cpu * 1e6 / records);
    readings.put(SECONDS, swept.get("nanos").asLong() / 1e9);
    if (swept.has("lookups")) {
      readings.put(LOOKUPS, swept.get("lookups").asDouble());
    }
    readings.put(FIND_NODES, (double) swarm.requests("FIND_NODE"));
    readings.put(RECORDS, (double) records);
    readings.put(PEAK, crowd.process().peakResidentBytes() / MEBIBYTE);
    PeerId provider = PeerId.parse(swept.get("provider").asString());
    Swarm.Provided provided = swarm.provided(provider, seed, options.contents(), options.step());
    readings.put(ARRIVED, 100.0 * provided.held() / (K * provided.looked()));
    readings.put(WORST, (double) provided.worst());
    return readings;
  }

  /// Waits until all records are there.
  ///
  /// @return how many
  private long arrived() {
    long seen = -1;
    long now = swarm.requests("ADD_PROVIDER");
    while (now != seen) {
      seen = now;
      pause();
      now = swarm.requests("ADD_PROVIDER");
    }
    if (now == 0) {
      throw new RaceException("not one record has arrived");
    }
    return now;
  }

  private static void pause() {
    try {
      Thread.sleep(QUIET);
    } catch (InterruptedException e) {
      throw new RaceException("interrupted", e);
    }
  }
}
