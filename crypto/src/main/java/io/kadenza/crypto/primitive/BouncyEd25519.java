package io.kadenza.crypto.primitive;

import java.util.Arrays;

/// Ed25519 by Bouncy Castle's lightweight classes: ten times as fast as the JDK's.
final class BouncyEd25519 implements Ed25519 {
  @Override
  public Signer signer(byte[] seed) {
    return new BouncySigner(seed);
  }

  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == KEY_BYTES
        && signature.length == SIGNATURE_BYTES
        && Ed25519Point.isAcceptable(publicKey)
        && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            signature, 0, publicKey, 0, message, 0, message.length);
  }

  private static final class BouncySigner implements Signer {
    private final byte[] seed;
    private final byte[] publicKey = new byte[KEY_BYTES];

    BouncySigner(byte[] seed) {
      if (seed.length != KEY_BYTES) {
        throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
      }
      this.seed = Arrays.copyOf(seed, KEY_BYTES);
      org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(this.seed, 0, publicKey, 0);
    }

    @Override
    public byte[] publicKey() {
      return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
      byte[] signature = new byte[SIGNATURE_BYTES];
      org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
          seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
      return signature;
    }
  }
}
