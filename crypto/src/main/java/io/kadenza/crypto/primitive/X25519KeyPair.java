package io.kadenza.crypto.primitive;

import java.util.HexFormat;

/// A Curve25519 key pair as raw bytes. Prints its public half only.
public final class X25519KeyPair {
  private final byte[] privateKey;
  private final byte[] publicKey;

  /// @throws IllegalArgumentException when a half is not 32 bytes long
  public X25519KeyPair(byte[] privateKey, byte[] publicKey) {
    checkLength(privateKey);
    checkLength(publicKey);
    this.privateKey = privateKey.clone();
    this.publicKey = publicKey.clone();
  }

  static void checkLength(byte[] key) {
    if (key.length != X25519.KEY_BYTES) {
      throw new IllegalArgumentException("an X25519 key has 32 bytes, not " + key.length);
    }
  }

  static AuthenticationFailure smallOrder() {
    return new AuthenticationFailure("the peer's X25519 key has small order");
  }

  /// A copy of the secret scalar.
  public byte[] privateKey() {
    return privateKey.clone();
  }

  /// A copy of the public u-coordinate.
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public String toString() {
    return "X25519[" + HexFormat.of().formatHex(publicKey) + "]";
  }
}
