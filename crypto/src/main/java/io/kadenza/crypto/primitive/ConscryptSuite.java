package io.kadenza.crypto.primitive;

import java.security.Provider;
import org.conscrypt.Conscrypt;

/// Everything by Conscrypt, that is BoringSSL: the provider is an object of ours, never registered.
final class ConscryptSuite implements CryptoSuite {
  private final Provider provider;
  private final X25519 x25519;
  private final Ed25519 ed25519;
  private final ScratchPool pool = new ScratchPool();

  private ConscryptSuite(Provider provider) {
    this.provider = provider;
    this.x25519 = new ConscryptX25519(provider);
    this.ed25519 = new ConscryptEd25519(provider);
  }

  /// Loads the native library; throws a [LinkageError] or a [RuntimeException] where it cannot.
  static ConscryptSuite load() {
    Conscrypt.checkAvailability();
    return new ConscryptSuite(Conscrypt.newProvider());
  }

  @Override
  public X25519 x25519() {
    return x25519;
  }

  @Override
  public Ed25519 ed25519() {
    return ed25519;
  }

  @Override
  public Aead aead(byte[] key) {
    return new ConscryptAead(key, provider, pool);
  }

  @Override
  public String describe() {
    var version = Conscrypt.version();
    return "X25519, Ed25519 and ChaCha20-Poly1305: Conscrypt %d.%d.%d"
        .formatted(version.major(), version.minor(), version.patch());
  }
}
