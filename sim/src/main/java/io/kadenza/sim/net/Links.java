package io.kadenza.sim.net;

import java.util.SplittableRandom;

/// How long messages take between two nodes: distance, jitter, loss and the sender's line. Owned by
/// a [Network]; what is not asked for costs a comparison.
final class Links {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// What a lost message costs at least: the retransmission timer of TCP does not fire earlier.
  private static final long MIN_RETRANSMIT_NANOS = 200_000_000L;

  /// Nor later: "a maximum value MAY be placed on RTO provided it is at least 60 seconds".
  private static final long MAX_RETRANSMIT_NANOS = 60 * NANOS_PER_SECOND;

  /// After so many losses of one segment in a row a connection is given up on most systems; by then
  /// nobody waits for it any more.
  private static final int MAX_LOSSES = 15;

  private final LatencyModel latency;
  private final SplittableRandom dice;
  private final double loss;
  private final long bytesPerSecond;

  /// Whether any message at all can be lost.
  private boolean lossy;

  Links(Conditions conditions, SplittableRandom dice) {
    latency = new LatencyModel(conditions.latency());
    loss = conditions.loss();
    lossy = loss > 0;
    bytesPerSecond = conditions.bytesPerSecond();
    this.dice = dice;
  }

  LatencyModel latency() {
    return latency;
  }

  /// Some nodes lose messages of their own from now on.
  void becomeLossy() {
    lossy = true;
  }

  /// The nanos that a message takes, however long.
  long travel(SimNode from, SimNode to) {
    long time = latency.oneWay(from, to, dice);
    return lossy ? withResends(from, to, time) : time;
  }

  /// A stream sends again what was lost, so that a loss is a delay.
  private long withResends(SimNode from, SimNode to, long time) {
    double arriving = (1 - loss) * (1 - from.lossOut) * (1 - to.lossIn);
    long total = time;
    long wait = Math.max(MIN_RETRANSMIT_NANOS, 2 * time);
    for (int i = 0; i < MAX_LOSSES && dice.nextDouble() >= arriving; i++) {
      total += wait;
      wait = Math.min(2 * wait, MAX_RETRANSMIT_NANOS);
    }
    return total;
  }

  /// The nanos until a node's line has taken a message in, behind those that wait there already.
  long sending(SimNode from, int bytes, long now) {
    if (bytesPerSecond == 0) {
      return 0;
    }
    long start = Math.max(now, from.lineFreeAt);
    from.lineFreeAt = start + bytes * NANOS_PER_SECOND / bytesPerSecond;
    return from.lineFreeAt - now;
  }
}
