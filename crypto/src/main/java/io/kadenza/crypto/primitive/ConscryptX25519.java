package io.kadenza.crypto.primitive;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import javax.crypto.KeyAgreement;
import org.conscrypt.OpenSSLX25519PrivateKey;
import org.conscrypt.OpenSSLX25519PublicKey;

/// Conscrypt's X25519. Its keys are plain arrays, so nothing waits for a finalizer.
final class ConscryptX25519 implements X25519 {
  private static final String ALGORITHM = "XDH";

  private static final byte[] BASE_POINT = new byte[KEY_BYTES];

  static {
    BASE_POINT[0] = 9;
  }

  private final Provider provider;

  ConscryptX25519(Provider provider) {
    this.provider = provider;
  }

  @Override
  public X25519KeyPair generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM, provider).generateKeyPair();
      return new X25519KeyPair(
          ((OpenSSLX25519PrivateKey) pair.getPrivate()).getU(),
          ((OpenSSLX25519PublicKey) pair.getPublic()).getU());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Conscrypt has no X25519", e);
    }
  }

  @Override
  public byte[] publicKey(byte[] privateKey) {
    return agree(privateKey, BASE_POINT);
  }

  @Override
  public byte[] agree(byte[] privateKey, byte[] publicKey) {
    X25519KeyPair.checkLength(privateKey);
    X25519KeyPair.checkLength(publicKey);
    try {
      var agreement = KeyAgreement.getInstance(ALGORITHM, provider);
      agreement.init(new OpenSSLX25519PrivateKey(privateKey));
      agreement.doPhase(new OpenSSLX25519PublicKey(publicKey), true);
      return agreement.generateSecret();
    } catch (InvalidKeyException e) {
      // BoringSSL computes the product and refuses it only when it is all zero.
      throw X25519KeyPair.smallOrder();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Conscrypt has no X25519", e);
    }
  }
}
