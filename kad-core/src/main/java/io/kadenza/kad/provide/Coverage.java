package io.kadenza.kad.provide;

import io.kadenza.kad.key.KadKey;
import java.util.BitSet;

/// In which cells of the keyspace all servers are known. Whoever names the k closest to a point has
/// named everybody within the distance of the last of them.
public final class Coverage {
  /// Grows with what is covered: most nodes provide nothing.
  private final BitSet cells = new BitSet();

  /// Nobody is known yet.
  public Coverage() {}

  /// Everybody within a distance of a point is known.
  ///
  /// @param radius as a share of the keyspace; the cell of the point is taken as covered even if it
  ///   is less than a cell, since nothing finer can be asked for
  public void add(KadKey center, double radius) {
    int cell = Span.cellOf(center);
    int reach = Math.clamp((long) (radius * Span.CELLS), 1, Span.CELLS);
    for (int distance = 0; distance < reach; distance++) {
      cells.set(cell ^ distance);
    }
  }

  public boolean contains(Span span) {
    return lastGap(span) < 0;
  }

  /// The last cell of a span that is not covered, negative if all are. The far end of a gap is
  /// where a question tells most: what is within a distance of it lies side by side.
  public int lastGap(Span span) {
    int gap = span.isEmpty() ? -1 : cells.previousClearBit(span.to() - 1);
    return gap < span.from() ? -1 : gap;
  }
}
