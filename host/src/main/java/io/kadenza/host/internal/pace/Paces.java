package io.kadenza.host.internal.pace;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// One [Pace] for each of many. Of those told apart the ones that have been quiet are forgotten
/// when there is no room, which changes nothing; if there are none, newcomers share one pace.
/// Confined to one thread.
///
/// @param <K> who has a pace
public final class Paces<K> {
  /// How many are told apart.
  public static final int MAX = 8_192;

  /// As many times the pace of one is what newcomers share.
  private static final int CROWD = 32;

  /// So long the search for quiet ones is not repeated.
  private static final long SEARCH_NANOS = 1_000_000_000L;

  private final int atOnce;
  private final Duration interval;
  private final Map<K, Pace> paces = new HashMap<>();
  private final Pace crowd;
  private long searchedAt;

  /// @param atOnce how many times it may happen to each without a pause
  /// @param interval after which it may happen once more
  /// @param now monotonic nanos, as in all that follows
  public Paces(int atOnce, Duration interval, long now) {
    this.atOnce = atOnce;
    this.interval = interval;
    this.crowd = new Pace(CROWD * atOnce, interval.dividedBy(CROWD), now);
    this.searchedAt = now - SEARCH_NANOS;
  }

  /// Lets it happen once more if that is not too often.
  public boolean take(K who, long now) {
    return pace(who, now).take(now);
  }

  /// Whether it may happen now.
  public boolean allows(K who, long now) {
    return pace(who, now).allows(now);
  }

  private Pace pace(K who, long now) {
    if (paces.size() >= MAX && !paces.containsKey(who)) {
      if (now - searchedAt < SEARCH_NANOS) {
        return crowd;
      }
      searchedAt = now;
      paces.values().removeIf(pace -> pace.isClear(now));
      if (paces.size() >= MAX) {
        return crowd;
      }
    }
    return paces.computeIfAbsent(who, _ -> new Pace(atOnce, interval, now));
  }

  public int size() {
    return paces.size();
  }
}
