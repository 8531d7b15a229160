package io.kadenza.bench;

import java.util.List;
import java.util.Locale;

/// The readings of one metric in a nutshell.
public record Spread(double median, double min, double max) {

  /// Of at least one reading.
  public static Spread of(List<Double> readings) {
    List<Double> sorted = readings.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  @Override
  public String toString() {
    return number(median) + " [" + number(min) + "–" + number(max) + "]";
  }

  /// Three significant digits, or all before the point.
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
