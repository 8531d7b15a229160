package io.kadenza.crypto;

import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.crypto.primitive.Ed25519;
import io.kadenza.multiformats.MalformedException;
import java.security.SecureRandom;
import java.util.Arrays;

/// An Ed25519 key pair: its data is the seed and the public key.
final class Ed25519PrivateKey implements PrivateKey {
  private static final int PAIR_BYTES = 2 * Ed25519.KEY_BYTES;

  /// "Older versions of the libp2p code" repeat the public key (peer-ids).
  private static final int LEGACY_BYTES = 3 * Ed25519.KEY_BYTES;

  private final byte[] seed;
  private final Ed25519.Signer signer;
  private final Ed25519PublicKey publicKey;

  private Ed25519PrivateKey(byte[] seed) {
    this.seed = seed;
    this.signer = CryptoSuite.best().ed25519().signer(seed);
    this.publicKey = Ed25519PublicKey.parse(signer.publicKey());
  }

  static Ed25519PrivateKey generate(SecureRandom random) {
    byte[] seed = new byte[Ed25519.KEY_BYTES];
    random.nextBytes(seed);
    return new Ed25519PrivateKey(seed);
  }

  static Ed25519PrivateKey parse(byte[] data) {
    if (data.length != PAIR_BYTES && data.length != LEGACY_BYTES) {
      throw MalformedException.onWire(
          "an Ed25519 private key has 64 bytes (or 96, of old), not " + data.length);
    }
    var key = new Ed25519PrivateKey(Arrays.copyOf(data, Ed25519.KEY_BYTES));
    byte[] publicKey = key.signer.publicKey();
    // Signing under a public key that is not the seed's own gives the seed away.
    for (int at = Ed25519.KEY_BYTES; at < data.length; at += Ed25519.KEY_BYTES) {
      if (!Arrays.equals(data, at, at + Ed25519.KEY_BYTES, publicKey, 0, Ed25519.KEY_BYTES)) {
        throw MalformedException.onWire("the public half of the Ed25519 key is not the seed's own");
      }
    }
    return key;
  }

  @Override
  public KeyType type() {
    return KeyType.ED25519;
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    return signer.sign(message);
  }

  @Override
  public byte[] protobuf() {
    return KeyProtobuf.encode(KeyType.ED25519, DerWriter.concat(seed, signer.publicKey()));
  }

  @Override
  public String toString() {
    return "private " + publicKey;
  }
}
