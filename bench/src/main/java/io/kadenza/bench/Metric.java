package io.kadenza.bench;

/// Something that is read off a server under load.
///
/// @param name with its unit, as the table shows it
/// @param better which of two values wins
record Metric(String name, Better better) {
  enum Better {
    HIGHER,
    LOWER
  }

  static Metric higher(String name) {
    return new Metric(name, Better.HIGHER);
  }

  static Metric lower(String name) {
    return new Metric(name, Better.LOWER);
  }
}
