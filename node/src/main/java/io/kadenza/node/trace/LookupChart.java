package io.kadenza.node.trace;

import io.kadenza.kad.key.KadKey;
import io.kadenza.node.terminal.Palette;
import io.kadenza.node.trace.WalkLog.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A walk seen as a whole: time runs to the right, and the distance to the key falls downwards. A
/// line is a request from when it was sent to when it ended, in the row of the bits that the peer
/// shares with the key. Fits into 80 columns and 15 rows.
final class LookupChart {
  private static final int WIDTH = 72;
  private static final int MAX_ROWS = 12;

  /// What a cell shows; the later ones are drawn over the earlier ones.
  private enum Ink {
    NONE(' '),
    LINE('─'),
    START('├'),
    GIVEN_UP('…'),
    FAILED('✗'),
    ANSWERED('●'),
    CLOSEST('◆');

    private final char shape;

    Ink(char shape) {
      this.shape = shape;
    }
  }

  private final WalkLog walk;
  private final Duration took;
  private final Set<KadKey> closest;
  private final Palette palette;

  /// @param took how long the walk lasted
  /// @param closest the peers that it found
  LookupChart(WalkLog walk, Duration took, Set<KadKey> closest, Palette palette) {
    this.walk = walk;
    this.took = took;
    this.closest = closest;
    this.palette = palette;
  }

  /// The chart; nothing for a walk that asked nobody.
  List<String> lines() {
    List<Request> requests = walk.requests();
    if (requests.isEmpty()) {
      return List.of();
    }
    var bits = requests.stream().mapToInt(r -> walk.bits(r.peer().key())).summaryStatistics();
    int perRow = (bits.getMax() - bits.getMin()) / MAX_ROWS + 1;
    int rows = (bits.getMax() - bits.getMin()) / perRow + 1;
    Ink[][] cells = blank(rows);
    for (Request request : requests) {
      draw(cells[(walk.bits(request.peer().key()) - bits.getMin()) / perRow], request);
    }
    var lines = new ArrayList<String>();
    for (int row = 0; row < rows; row++) {
      lines.add(
          palette.dim(String.format(Locale.ROOT, "%4d │", bits.getMin() + row * perRow))
              + painted(cells[row]));
    }
    lines.add(palette.dim("bits └" + "─".repeat(WIDTH)));
    lines.add(palette.dim(axis()));
    lines.add(
        "      "
            + palette.green("◆")
            + " among the closest  "
            + palette.green("●")
            + " answered  "
            + palette.red("✗")
            + " failed  "
            + palette.dim("…")
            + " given up");
    return lines;
  }

  private static Ink[][] blank(int rows) {
    Ink[][] cells = new Ink[rows][WIDTH];
    for (Ink[] row : cells) {
      Arrays.fill(row, Ink.NONE);
    }
    return cells;
  }

  private void draw(Ink[] row, Request request) {
    int from = column(request.asked());
    int to = column(request.ended().orElse(took));
    for (int x = from; x < to; x++) {
      put(row, x, x == from ? Ink.START : Ink.LINE);
    }
    put(row, to, ending(request));
  }

  private Ink ending(Request request) {
    return switch (request.end()) {
      case ANSWERED -> closest.contains(request.peer().key()) ? Ink.CLOSEST : Ink.ANSWERED;
      case FAILED -> Ink.FAILED;
      case OPEN -> Ink.GIVEN_UP;
    };
  }

  private static void put(Ink[] row, int column, Ink ink) {
    if (ink.compareTo(row[column]) > 0) {
      row[column] = ink;
    }
  }

  private int column(Duration time) {
    long whole = Math.max(1, took.toNanos());
    long at = Math.clamp(time.toNanos(), 0, whole);
    return (int) Math.round((double) at / whole * (WIDTH - 1));
  }

  private String painted(Ink[] row) {
    var line = new StringBuilder();
    int last = WIDTH;
    while (last > 0 && row[last - 1] == Ink.NONE) {
      last--;
    }
    for (int from = 0, to; from < last; from = to) {
      to = from;
      var shapes = new StringBuilder();
      while (to < last && row[to] == row[from]) {
        shapes.append(row[to++].shape);
      }
      line.append(paint(row[from], shapes.toString()));
    }
    return line.toString();
  }

  private String paint(Ink ink, String shapes) {
    return switch (ink) {
      case NONE -> shapes;
      case LINE, START, GIVEN_UP -> palette.dim(shapes);
      case FAILED -> palette.red(shapes);
      case ANSWERED -> palette.green(shapes);
      case CLOSEST -> palette.bold(palette.green(shapes));
    };
  }

  private String axis() {
    String end = Ladder.millis(took) + " ms";
    return String.format(Locale.ROOT, "      0%" + (WIDTH - 1) + "s", end);
  }
}
