package io.kadenza.kad.provide;

import java.time.Duration;
import java.time.Instant;

/// When each cell of the keyspace has its turn: one after the other, all of them once per interval,
/// for ever. It follows from the time of day alone, so that what has to be saved is one instant.
///
/// A *turn* is the number of cells that had theirs since 1970.
///
/// @param interval how long one cycle takes; at least two minutes, so that an instant of whole
///   milliseconds tells turns apart
/// @param phase the cell whose turn came first, different for each node: if all began at the same,
///   the servers there would be told by everybody at once
public record Rota(Duration interval, int phase) {
  public static final Duration SHORTEST = Duration.ofMinutes(2);
  public static final Duration LONGEST = Duration.ofDays(365);

  public Rota {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "an interval is between " + SHORTEST + " and " + LONGEST + ", not " + interval);
    }
    if (phase < 0 || phase >= Span.CELLS) {
      throw new IllegalArgumentException("no cell: " + phase);
    }
  }

  /// Whose turn it is.
  public long turnAt(Instant time) {
    return Math.floorDiv(time.toEpochMilli() * Span.CELLS, interval.toMillis());
  }

  /// When a turn begins.
  public Instant timeOf(long turn) {
    return Instant.ofEpochMilli(Math.ceilDiv(turn * interval.toMillis(), Span.CELLS));
  }

  /// Which cell has this turn.
  public int cellOf(long turn) {
    return (int) ((turn + phase) & (Span.CELLS - 1));
  }
}
