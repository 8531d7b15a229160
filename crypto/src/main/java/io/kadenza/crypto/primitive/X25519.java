package io.kadenza.crypto.primitive;

/// Diffie-Hellman on Curve25519 (RFC 7748) over raw 32-byte keys. Safe for use by many threads.
public interface X25519 {
  /// Length of a private key, a public key and a shared secret in bytes.
  int KEY_BYTES = 32;

  /// A fresh key pair from the system's secure random.
  X25519KeyPair generate();

  /// The public key that belongs to a private one.
  byte[] publicKey(byte[] privateKey);

  /// The shared secret of our private key and the peer's public one.
  ///
  /// @throws AuthenticationFailure when the secret is all zero, which a peer forces with a point of
  ///   small order (RFC 7748, section 6.1)
  byte[] agree(byte[] privateKey, byte[] publicKey);
}
