package io.kadenza.crypto.primitive;

import java.util.Optional;

/// One provider for each primitive. Immutable and safe for use by many threads.
///
/// The choice rests on measurements (`PrimitiveBench`, among the tests): Conscrypt's native code is
/// the fastest for every primitive and every frame size; without it Bouncy Castle's curves beat the
/// JDK's by a factor of two to ten, and the JDK's AEAD beats Bouncy Castle's.
public interface CryptoSuite {
  X25519 x25519();

  Ed25519 ed25519();

  /// ChaCha20-Poly1305 under one key. The new object belongs to one thread at a time.
  ///
  /// @throws IllegalArgumentException when the key is not 32 bytes long
  Aead aead(byte[] key);

  /// One line that says who computes what, for the start-up log.
  String describe();

  /// The fastest suite that works here. Chosen on first use, once.
  static CryptoSuite best() {
    return SuiteChoice.BEST;
  }

  /// The suite in pure Java, which works everywhere.
  static CryptoSuite portable() {
    return SuiteChoice.PORTABLE;
  }

  /// The suite in native code, where its library loads and computes the published test vectors.
  static Optional<CryptoSuite> accelerated() {
    return SuiteChoice.ACCELERATED;
  }
}
