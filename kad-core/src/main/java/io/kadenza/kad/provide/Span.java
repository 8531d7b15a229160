package io.kadenza.kad.provide;

import io.kadenza.kad.key.KadKey;

/// A stretch of the keyspace, measured in its 65,536 cells: a cell is all points with the same
/// first 16 bits. So fine that a cell of a network of 100,000 servers has one or two of them.
///
/// @param from the first cell
/// @param to the cell behind the last
public record Span(int from, int to) {
  public static final int CELLS = 1 << 16;

  public static final Span ALL = new Span(0, CELLS);

  private static final int CELL_BITS = 48;

  public Span {
    if (from < 0 || to > CELLS || from > to) {
      throw new IllegalArgumentException("no span: " + from + ".." + to);
    }
  }

  /// The cell in which a point lies.
  public static int cellOf(KadKey key) {
    return cellOf(key.high());
  }

  /// The cell of a point, given its first 64 bits.
  public static int cellOf(long high) {
    return (int) (high >>> CELL_BITS);
  }

  /// Everything that shares the first `bits` bits with a cell.
  ///
  /// @param bits 0..16
  public static Span around(int cell, int bits) {
    int width = CELLS >>> bits;
    int from = cell & -width;
    return new Span(from, from + width);
  }

  public boolean contains(int cell) {
    return from <= cell && cell < to;
  }

  public boolean contains(KadKey key) {
    return contains(cellOf(key));
  }

  public boolean isEmpty() {
    return from == to;
  }

  /// How many cells it has.
  public int width() {
    return to - from;
  }
}
