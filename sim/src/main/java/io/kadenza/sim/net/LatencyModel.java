package io.kadenza.sim.net;

import java.util.random.RandomGenerator;

/// How long a message takes: nodes live in regions, each behind a last mile of its own, and every
/// message jitters. Two random nodes are about 100 ms apart and back, one pair in a hundred 300 ms.
///
/// All arithmetic is exact or strict, so that every machine draws the same delays.
public final class LatencyModel {
  private static final double NANOS_PER_MILLI = 1e6;

  /// In the order of the tables below.
  static final Region[] REGIONS = Region.values();

  /// The shares of the regions in percent: roughly the Amino network as crawlers have seen it.
  private static final int[] SHARES = {36, 40, 17, 4, 3};

  /// Round trips between and within the regions in milliseconds, as cloud regions measure them.
  private static final int[][] ROUND_TRIP = {
    {45, 95, 160, 130, 170},
    {95, 30, 210, 200, 260},
    {160, 210, 60, 290, 130},
    {130, 200, 290, 45, 290},
    {170, 260, 130, 290, 30}
  };

  /// The mean of what a node's own line adds in one direction.
  private static final double LAST_MILE_MILLIS = 4;

  /// The mean of what chance adds to one message.
  private static final double JITTER_MILLIS = 2;

  private static final int TABLE_BITS = 10;

  /// Equally likely values of an exponential distribution with mean 1.
  private static final double[] EXPONENTIAL = exponential();

  private final double scale;

  /// @param scale stretches all delays; 1 for the internet, 0 for a network without any
  public LatencyModel(double scale) {
    this.scale = scale;
  }

  private static double[] exponential() {
    int count = 1 << TABLE_BITS;
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = -StrictMath.log((i + 0.5) / count);
    }
    return values;
  }

  /// Draws the region of a new node, as an index into [#REGIONS].
  byte region(RandomGenerator random) {
    int dice = random.nextInt(100);
    byte region = 0;
    while (dice >= SHARES[region]) {
      dice -= SHARES[region++];
    }
    return region;
  }

  /// Draws the nanos that a new node's own line adds.
  long lastMile(RandomGenerator random) {
    return (long) (LAST_MILE_MILLIS * NANOS_PER_MILLI * scale * draw(random));
  }

  /// The nanos that one message takes from one node to another.
  long oneWay(SimNode from, SimNode to, RandomGenerator random) {
    double jitter = JITTER_MILLIS * draw(random);
    double millis = ROUND_TRIP[from.region][to.region] / 2.0 + jitter;
    return from.lastMile + to.lastMile + (long) (millis * NANOS_PER_MILLI * scale);
  }

  private static double draw(RandomGenerator random) {
    return EXPONENTIAL[random.nextInt() >>> (Integer.SIZE - TABLE_BITS)];
  }
}
