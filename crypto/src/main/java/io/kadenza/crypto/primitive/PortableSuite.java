package io.kadenza.crypto.primitive;

/// Pure Java: Bouncy Castle's lightweight curves, the JDK's AEAD.
record PortableSuite(String reason, X25519 x25519, Ed25519 ed25519) implements CryptoSuite {
  PortableSuite(String reason) {
    this(reason, new BouncyX25519(), new BouncyEd25519());
  }

  @Override
  public Aead aead(byte[] key) {
    return new JdkAead(key);
  }

  @Override
  public String describe() {
    return "X25519 and Ed25519: Bouncy Castle; ChaCha20-Poly1305: JDK" + reason;
  }
}
