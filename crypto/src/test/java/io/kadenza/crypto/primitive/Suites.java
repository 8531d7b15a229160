package io.kadenza.crypto.primitive;

import java.util.HexFormat;
import java.util.stream.Stream;

/// The suites that work on this machine, for tests that each of them has to pass.
final class Suites {
  private Suites() {}

  static Stream<CryptoSuite> all() {
    return Stream.concat(Stream.of(CryptoSuite.portable()), CryptoSuite.accelerated().stream());
  }

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
