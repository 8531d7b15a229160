package io.kadenza.kad.lookup;

import java.time.Duration;
import java.util.Arrays;

/// How long peers usually take to answer, and so from when on one is slow: at twice what nine of
/// ten take, or at five times what half of them take if that is less, so that a quarter of the
/// peers cannot make slowness usual. Confined to the engine.
public final class Patience {
  /// How many of the latest answers are looked at.
  private static final int WINDOW = 64;

  /// Fewer say nothing about nine of ten.
  private static final int ENOUGH = 10;

  /// After every so many answers it is reckoned anew, since they have to be sorted for that.
  private static final int STEP = 8;

  /// Nobody is slow before that, however fast the others are: garbage is collected, packets are
  /// resent.
  private static final Duration LEAST = Duration.ofMillis(500);

  /// Nobody is given up before that, however fast the others are.
  private static final long LEAST_WAIT = 2_000_000_000L;

  private final long limit;
  private int[] millis = {};
  private int count;
  private long slowAfter;

  /// @param start after how long a peer is slow as long as nothing is known
  /// @param limit how long a peer may take at most
  public Patience(Duration start, Duration limit) {
    this.limit = limit.toNanos();
    this.slowAfter = Math.min(start.toNanos(), this.limit);
  }

  /// Notes that a peer answered after so many nanos.
  public void answered(long nanos) {
    if (millis.length == 0) {
      millis = new int[WINDOW];
    }
    millis[count++ % WINDOW] = (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000);
    if (count >= ENOUGH && count % STEP == 0) {
      int known = Math.min(count, WINDOW);
      int[] sorted = Arrays.copyOf(millis, known);
      Arrays.sort(sorted);
      long usual = Math.min(2L * sorted[known * 9 / 10], 5L * sorted[known / 2]);
      slowAfter = Math.min(limit, Math.max(LEAST.toNanos(), usual * 1_000_000));
    }
    if (count == 2 * WINDOW) {
      count = WINDOW;
    }
  }

  /// From when on not even those who have time wait for a peer that does not answer: after twice as
  /// long as makes one slow, and two seconds at least. All in monotonic nanos.
  public static long givenUpAt(long askedAt, long slowAt) {
    return askedAt + Math.max(2 * (slowAt - askedAt), LEAST_WAIT);
  }

  /// After how many nanos without an answer a peer is slow.
  public long slowAfter() {
    return slowAfter;
  }
}
