package io.kadenza.kad.upkeep;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// How many servers the network has, judged by how close the closest are to the keys that we walk
/// to: of N points spread evenly over the keyspace, the i-th closest to any key is expected at the
/// distance i / (N + 1). Confined to the engine.
public final class NetworkSize {
  /// Fewer walks say too little; what is older says too little about now.
  private static final int MIN_SAMPLES = 5;

  private static final int MAX_SAMPLES = 150;

  /// By what factor one neighbourhood of k peers is hardly ever off by chance.
  private static final double MAX_CHANCE = 3;

  private static final int MAX_AGE_SECONDS = 8 * 60 * 60;

  /// Rings: for each walk the slope of distance over rank, and when it was.
  private double[] slopes = {};

  private int[] times = {};
  private int count;
  private OptionalDouble estimate = OptionalDouble.empty();

  /// Until when, in seconds, the estimate rests on samples that are young enough.
  private int validUntil = Integer.MAX_VALUE;

  /// Takes in the result of a walk that has found as many peers as it looked for.
  ///
  /// @param closest the closest first
  /// @param now in seconds, from any origin
  public void observe(KadKey target, List<Contact> closest, int now) {
    if (closest.isEmpty()) {
      return;
    }
    if (count >= slopes.length && slopes.length < MAX_SAMPLES) {
      int capacity = Math.min(MAX_SAMPLES, slopes.length * 2 + MIN_SAMPLES);
      slopes = Arrays.copyOf(slopes, capacity);
      times = Arrays.copyOf(times, capacity);
    }
    int place = count % slopes.length;
    slopes[place] = slope(target, closest);
    times[place] = now;
    count = count + 1 == 2 * MAX_SAMPLES ? MAX_SAMPLES : count + 1;
    judge(now);
  }

  /// The slope of distance over rank that fits best.
  private static double slope(KadKey target, List<Contact> closest) {
    double weighted = 0;
    double squares = 0;
    for (int i = 1; i <= closest.size(); i++) {
      weighted += i * target.distance(closest.get(i - 1).key()).fraction();
      squares += (double) i * i;
    }
    return weighted / squares;
  }

  /// Whether the peers around a point lie so much closer, or farther off, than expected that the
  /// network must have grown or shrunk since.
  ///
  /// @param closest the closest first
  public boolean isContradictedBy(KadKey point, List<Contact> closest, int now) {
    OptionalDouble known = estimate(now);
    if (known.isEmpty() || closest.isEmpty()) {
      return false;
    }
    double here = 1 / slope(point, closest) - 1;
    return here > MAX_CHANCE * known.getAsDouble() || MAX_CHANCE * here < known.getAsDouble();
  }

  /// Whether there will soon be too few samples.
  public boolean isWanting(int now) {
    return samplesSince(now - MAX_AGE_SECONDS / 8 * 7).length < MIN_SAMPLES;
  }

  /// The expected number of servers, ourselves included; empty as long as too few walks have been
  /// seen.
  public OptionalDouble estimate(int now) {
    if (now - validUntil > 0) {
      judge(now);
    }
    return estimate;
  }

  /// The median of the samples: whoever crowds around some of the keys that we walk to does not
  /// move it much.
  private void judge(int now) {
    double[] samples = samplesSince(now - MAX_AGE_SECONDS);
    Arrays.sort(samples);
    int half = samples.length / 2;
    estimate =
        samples.length < MIN_SAMPLES || samples[half] <= 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(1 / samples[half] - 1);
    validUntil = now + MAX_AGE_SECONDS;
    for (int i = 0; i < Math.min(count, times.length); i++) {
      if (now - times[i] <= MAX_AGE_SECONDS) {
        validUntil = Math.min(validUntil, times[i] + MAX_AGE_SECONDS);
      }
    }
  }

  private double[] samplesSince(int oldest) {
    double[] samples = new double[Math.min(count, slopes.length)];
    int used = 0;
    for (int i = 0; i < samples.length; i++) {
      if (times[i] - oldest >= 0) {
        samples[used++] = slopes[i];
      }
    }
    return Arrays.copyOf(samples, used);
  }
}
