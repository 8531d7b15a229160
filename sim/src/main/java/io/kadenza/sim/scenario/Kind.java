package io.kadenza.sim.scenario;

/// The kinds of operations that are measured.
public enum Kind {
  LOOKUP("lookup"),
  PUT("put"),
  GET("get"),
  PROVIDE("provide"),
  FIND("find");

  private final String spelling;

  Kind(String spelling) {
    this.spelling = spelling;
  }

  /// How reports name it.
  public String spelling() {
    return spelling;
  }
}
