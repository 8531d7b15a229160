package io.kadenza.kad.record;

/// What a validator says of a record.
public sealed interface Verdict {
  static Verdict valid() {
    return new Valid();
  }

  static Verdict invalid(String why) {
    return new Invalid(why);
  }

  default boolean isValid() {
    return this instanceof Valid;
  }

  record Valid() implements Verdict {}

  /// The record may not exist.
  ///
  /// @param why for the one who sent it or wants to store it; quotes no bytes of a peer unescaped
  record Invalid(String why) implements Verdict {}
}
