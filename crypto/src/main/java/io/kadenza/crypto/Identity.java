package io.kadenza.crypto;

import io.kadenza.multiformats.PeerId;
import java.util.Objects;

/// Who we are: a key pair and the peer id that follows from it. Prints the peer id only.
public final class Identity {
  private final PrivateKey privateKey;

  private Identity(PrivateKey privateKey) {
    this.privateKey = Objects.requireNonNull(privateKey);
  }

  /// A new identity. Ed25519 is what every peer understands.
  public static Identity generate(KeyType type) {
    return new Identity(PrivateKey.generate(type));
  }

  /// The identity that a private key is.
  public static Identity of(PrivateKey privateKey) {
    return new Identity(privateKey);
  }

  /// The name of this identity, which follows from its public key (peer-ids, "Peer Ids").
  public PeerId peerId() {
    return publicKey().peerId();
  }

  public PublicKey publicKey() {
    return privateKey.publicKey();
  }

  public PrivateKey privateKey() {
    return privateKey;
  }

  /// Signs as [PrivateKey#sign] does: 0.02 ms with Ed25519, a millisecond or two with RSA.
  public byte[] sign(byte[] message) {
    return privateKey.sign(message);
  }

  @Override
  public String toString() {
    return peerId().toString();
  }
}
