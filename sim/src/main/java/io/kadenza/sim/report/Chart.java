package io.kadenza.sim.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A line chart as inline SVG: no script, no font and nothing else from anywhere. Colours are
/// classes, so that the page decides how they look by day and by night.
final class Chart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 260;
  private static final int LEFT = 64;
  private static final int RIGHT = 24;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;
  private static final int GRID_LINES = 4;

  private final String title;
  private final String xName;
  private final String yName;
  private final List<Line> lines = new ArrayList<>();

  /// @param xs ascending
  private record Line(String name, List<Double> xs, List<Double> ys) {}

  Chart(String title, String xName, String yName) {
    this.title = title;
    this.xName = xName;
    this.yName = yName;
  }

  void line(String name, List<Double> xs, List<Double> ys) {
    lines.add(new Line(name, List.copyOf(xs), List.copyOf(ys)));
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  String svg() {
    double xMax = 1e-9;
    double yMax = 1e-9;
    for (Line line : lines) {
      for (int i = 0; i < line.xs.size(); i++) {
        xMax = Math.max(xMax, line.xs.get(i));
        yMax = Math.max(yMax, line.ys.get(i));
      }
    }
    xMax = round(xMax);
    yMax = round(yMax);
    var out = new StringBuilder();
    out.append("<figure><figcaption>").append(Markup.escaped(title)).append("</figcaption>\n");
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            WIDTH,
            HEIGHT,
            Markup.escaped(title)));
    grid(out, xMax, yMax);
    for (int i = 0; i < lines.size(); i++) {
      curve(out, lines.get(i), i, xMax, yMax);
    }
    out.append("</svg>\n<p class=\"legend\">");
    for (int i = 0; i < lines.size(); i++) {
      out.append(
          String.format(
              Locale.ROOT,
              "<span class=\"c%d\">&#9632; %s</span> ",
              i % Markup.COLOURS,
              Markup.escaped(lines.get(i).name)));
    }
    return out.append("</p></figure>\n").toString();
  }

  /// The next number of one digit and zeros, or half of it.
  private static double round(double max) {
    double step = StrictMath.pow(10, Math.floor(StrictMath.log10(max)));
    for (double factor : new double[] {1, 2, 3, 4, 5, 6, 8}) {
      if (max <= factor * step) {
        return factor * step;
      }
    }
    return 10 * step;
  }

  private void grid(StringBuilder out, double xMax, double yMax) {
    for (int i = 0; i <= GRID_LINES; i++) {
      double share = i / (double) GRID_LINES;
      double y = y(share);
      double x = x(share);
      out.append(
          String.format(
              Locale.ROOT,
              "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" class=\"y\">%s</text>"
                  + "<text x=\"%.1f\" y=\"%d\" class=\"x\">%s</text>%n",
              LEFT,
              y,
              WIDTH - RIGHT,
              LEFT - 6,
              y + 4,
              label(share * yMax),
              x,
              HEIGHT - 22,
              label(share * xMax)));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" class=\"x\">%s</text><text x=\"%d\" y=\"%d\">%s</text>%n",
            (LEFT + WIDTH - RIGHT) / 2,
            HEIGHT - 5,
            Markup.escaped(xName),
            LEFT + 4,
            TOP + 10,
            Markup.escaped(yName)));
  }

  private static void curve(StringBuilder out, Line line, int index, double xMax, double yMax) {
    out.append(
        String.format(Locale.ROOT, "<polyline class=\"c%d\" points=\"", index % Markup.COLOURS));
    for (int i = 0; i < line.xs.size(); i++) {
      out.append(
          String.format(
              Locale.ROOT, "%.1f,%.1f ", x(line.xs.get(i) / xMax), y(line.ys.get(i) / yMax)));
    }
    out.append("\"/>\n");
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String label(double value) {
    if (value >= 1e6) {
      return String.format(Locale.ROOT, "%.1fM", value / 1e6);
    }
    if (value >= 1e4) {
      return String.format(Locale.ROOT, "%.0fk", value / 1e3);
    }
    return value >= 10 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
