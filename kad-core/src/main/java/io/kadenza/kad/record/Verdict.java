package io.kadenza.kad.record;

import java.time.Instant;

/// What a validator says of a record.
public sealed interface Verdict {
  /// The record may exist for ever.
  static Verdict valid() {
    return new Valid(Instant.MAX);
  }

  /// The record may exist, but not from `end` on.
  static Verdict validUntil(Instant end) {
    return new Valid(end);
  }

  static Verdict invalid(String why) {
    return new Invalid(why);
  }

  default boolean isValid() {
    return this instanceof Valid;
  }

  /// The record may exist.
  ///
  /// @param until from when on it may not any more; [Instant#MAX] if its contents set no end
  record Valid(Instant until) implements Verdict {}

  /// The record may not exist.
  ///
  /// @param why for the one who sent it or wants to store it; quotes no bytes of a peer unescaped
  record Invalid(String why) implements Verdict {}
}
