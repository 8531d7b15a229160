package io.kadenza.crypto.primitive;

import java.security.GeneralSecurityException;
import java.util.Optional;

/// The suites of this process: constants, computed when first asked for.
final class SuiteChoice {
  static final CryptoSuite PORTABLE = new PortableSuite("");
  static final Optional<CryptoSuite> ACCELERATED;
  static final CryptoSuite BEST;

  static {
    Optional<CryptoSuite> accelerated = Optional.empty();
    CryptoSuite best = PORTABLE;
    try {
      CryptoSuite suite = ConscryptSuite.load();
      SelfTest.run(suite);
      accelerated = Optional.of(suite);
      best = suite;
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      // No native library for this platform, or nowhere to unpack it: slower, but no less correct.
      best = new PortableSuite(" (Conscrypt does not load: " + firstLine(e) + ")");
    }
    ACCELERATED = accelerated;
    BEST = best;
  }

  private SuiteChoice() {}

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
