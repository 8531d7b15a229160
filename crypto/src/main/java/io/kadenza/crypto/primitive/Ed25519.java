package io.kadenza.crypto.primitive;

/// Ed25519 (RFC 8032) over raw keys. Safe for use by many threads.
public interface Ed25519 {
  /// Length of a secret seed and of a public key in bytes.
  int KEY_BYTES = 32;

  /// Length of a signature in bytes.
  int SIGNATURE_BYTES = 64;

  /// The key pair of a secret seed, ready to sign.
  ///
  /// @throws IllegalArgumentException when the seed is not 32 bytes long
  Signer signer(byte[] seed);

  /// Whether the signature is the key's own. False, never an exception, for a key or a signature of
  /// the wrong length, a point off the curve or of small order, and a scalar or a coordinate that
  /// is not reduced (RFC 8032, sections 5.1.3 and 5.1.7).
  boolean verify(byte[] publicKey, byte[] message, byte[] signature);

  /// A secret key in the form that its provider signs with fastest. Safe for use by many threads.
  interface Signer {
    /// A copy of the public key.
    byte[] publicKey();

    /// The 64 bytes of R and S.
    byte[] sign(byte[] message);
  }
}
