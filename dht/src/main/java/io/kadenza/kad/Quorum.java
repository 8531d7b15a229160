package io.kadenza.kad;

/// How many valid answers are enough for a value.
///
/// @param answers at least 1, or 0 for as many as there are
public record Quorum(int answers) {
  /// Ask everyone who is close: the surest and the slowest.
  public static final Quorum ALL = new Quorum(0);

  /// The first valid answer.
  public static final Quorum ONE = new Quorum(1);

  public Quorum {
    if (answers < 0) {
      throw new IllegalArgumentException("a quorum is not negative: " + answers);
    }
  }

  /// As many answers as that; 0 is [#ALL].
  public static Quorum of(int answers) {
    return new Quorum(answers);
  }
}
