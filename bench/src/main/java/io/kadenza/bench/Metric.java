package io.kadenza.bench;

/// Something that is read off a server under load.
///
/// @param name with its unit, as the table shows it
/// @param better which of two values wins
public record Metric(String name, Better better) {
  public enum Better {
    HIGHER,
    LOWER
  }

  public static Metric higher(String name) {
    return new Metric(name, Better.HIGHER);
  }

  public static Metric lower(String name) {
    return new Metric(name, Better.LOWER);
  }
}
