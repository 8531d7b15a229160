package io.kadenza.bench.crash;

import io.kadenza.multiformats.Bytes;
import java.util.SplittableRandom;

/// The entry that a number stands for: whoever knows the number knows what was to be written.
final class Deed {
  private static final int MAX_VALUE_BYTES = 1_000;
  private static final String PREFIX = "deed ";

  private Deed() {}

  static Bytes key(long number) {
    return Bytes.utf8(PREFIX + number);
  }

  static Bytes value(long number) {
    var random = new SplittableRandom(number);
    byte[] value = new byte[random.nextInt(MAX_VALUE_BYTES)];
    random.nextBytes(value);
    return Bytes.wrap(value);
  }

  /// The number of a key.
  ///
  /// @throws NumberFormatException if it is none that [#key] makes
  static long number(Bytes key) {
    return Long.parseLong(key.utf8().substring(PREFIX.length()));
  }
}
