package io.kadenza.crypto.primitive;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import org.conscrypt.OpenSslEdDsaPrivateKey;
import org.conscrypt.OpenSslEdDsaPublicKey;

/// Conscrypt's Ed25519.
///
/// Each operation leaves about 460 bytes of native memory to a finalizer, beside as much garbage in
/// the heap; so native memory in wait stays below the size of the young generation.
final class ConscryptEd25519 implements Ed25519 {
  private static final String ALGORITHM = "EdDSA";

  private final Provider provider;
  private final Ed25519 bouncy = new BouncyEd25519();

  ConscryptEd25519(Provider provider) {
    this.provider = provider;
  }

  @Override
  public Signer signer(byte[] seed) {
    // Conscrypt has no way from a seed to its public key.
    return new ConscryptSigner(
        provider, new OpenSslEdDsaPrivateKey(seed), bouncy.signer(seed).publicKey());
  }

  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != KEY_BYTES
        || signature.length != SIGNATURE_BYTES
        || !Ed25519Point.isAcceptable(publicKey)) {
      return false;
    }
    try {
      var verifier = Signature.getInstance(ALGORITHM, provider);
      verifier.initVerify(new OpenSslEdDsaPublicKey(publicKey));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static final class ConscryptSigner implements Signer {
    private final Provider provider;
    private final OpenSslEdDsaPrivateKey key;
    private final byte[] raw;

    ConscryptSigner(Provider provider, OpenSslEdDsaPrivateKey key, byte[] raw) {
      this.provider = provider;
      this.key = key;
      this.raw = raw;
    }

    @Override
    public byte[] publicKey() {
      return raw.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
      try {
        var signer = Signature.getInstance(ALGORITHM, provider);
        signer.initSign(key);
        signer.update(message);
        return signer.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Conscrypt has no Ed25519", e);
      }
    }
  }
}
