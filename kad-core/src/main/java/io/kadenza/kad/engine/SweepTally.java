package io.kadenza.kad.engine;

import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.Span;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.machine.Now;
import java.time.Duration;
import java.util.Optional;

/// What the sweep has done so far. Confined to the engine.
final class SweepTally {
  private static final double NANOS_PER_SECOND = 1e9;

  private boolean fresh = true;
  private long cycleEnd;
  private long cycleStartedAt;
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

  /// A cycle begins with this turn, and whatever was done of another is no part of it.
  void begin(long turn, long nanos) {
    fresh = false;
    cycleEnd = turn + Span.CELLS;
    cycleStartedAt = nanos;
    regionsInCycle = 0;
  }

  /// The sweep has come to this turn.
  void reached(long turn, long nanos) {
    if (turn >= cycleEnd) {
      lastCycle = Optional.of(Duration.ofNanos(nanos - cycleStartedAt));
      begin(turn, nanos);
    }
  }

  void add(RegionSweep region, Now now) {
    if (region.hasMetAnybody()) {
      regions++;
      regionsInCycle += region.purpose() instanceof RegionSweep.Purpose.Due ? 1 : 0;
    }
    told += region.told();
    missed += region.missed();
    findNodes += region.findNodes();
    messages += region.messages();
    double seconds = (now.nanos() - region.startedAt()) / NANOS_PER_SECOND;
    rate = seconds > 0 ? region.told() / seconds : rate;
  }

  SweepStats stats(Keystore keystore, boolean offline, Duration interval, long turn, Duration lag) {
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
