package io.kadenza.crypto;

import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.crypto.primitive.Ed25519;
import io.kadenza.multiformats.MalformedException;

/// An Ed25519 key: its data is the 32 bytes of RFC 8032.
final class Ed25519PublicKey extends EncodedPublicKey {
  private final byte[] raw;

  private Ed25519PublicKey(byte[] raw) {
    super(KeyType.ED25519, raw);
    this.raw = raw;
  }

  static Ed25519PublicKey parse(byte[] raw) {
    if (raw.length != Ed25519.KEY_BYTES) {
      throw MalformedException.onWire("an Ed25519 key has 32 bytes, not " + raw.length);
    }
    return new Ed25519PublicKey(raw);
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    return CryptoSuite.best().ed25519().verify(raw, message, signature);
  }
}
