package io.kadenza.kad.engine;

import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.Span;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.machine.Now;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the sweep has done so far. Confined to the engine's thread.
final class SweepTally {
  private static final double NANOS_PER_SECOND = 1e9;

  private boolean fresh = true;
  private long cycleEnd;
  private Instant cycleStartedAt = Instant.EPOCH;
  private Optional<Duration> lastCycle = Optional.empty();
  private int regionsInCycle;
  private long regions;
  private long told;
  private long missed;
  private long findNodes;
  private long messages;
  private double rate;

  /// Whether [#begin] was not called yet.
  boolean isFresh() {
    return fresh;
  }

  void begin(long turn, Instant now) {
    fresh = false;
    cycleEnd = turn + Span.CELLS;
    cycleStartedAt = now;
  }

  /// The sweep has come to this turn.
  void reached(long turn, Instant now) {
    if (turn >= cycleEnd) {
      lastCycle = Optional.of(Duration.between(cycleStartedAt, now));
      cycleStartedAt = now;
      cycleEnd = turn + Span.CELLS;
      regionsInCycle = 0;
    }
  }

  void add(RegionSweep region, Now now) {
    if (region.purpose() instanceof RegionSweep.Purpose.Due) {
      regionsInCycle++;
    }
    regions++;
    told += region.told();
    missed += region.missed();
    findNodes += region.findNodes();
    messages += region.messages();
    double seconds = (now.nanos() - region.startedAt()) / NANOS_PER_SECOND;
    rate = seconds > 0 ? region.told() / seconds : rate;
  }

  SweepStats stats(
      Keystore keystore, boolean offline, Duration interval, long turn, Duration lag, Now now) {
    double share = fresh ? 0 : Math.clamp(1 - (cycleEnd - turn) / (double) Span.CELLS, 0, 1);
    return new SweepStats(
        keystore.size(),
        keystore.waiting(),
        offline,
        interval,
        share,
        regionsInCycle,
        lastCycle,
        lag,
        regions,
        told,
        missed,
        findNodes,
        messages,
        rate);
  }
}
