package io.kadenza.crypto;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;

/// What public keys of all types have in common: their encoding, and what follows from it.
abstract sealed class EncodedPublicKey implements PublicKey
    permits Ed25519PublicKey, EcPublicKey, RsaPublicKey {
  private final KeyType type;
  private final Bytes protobuf;
  private final PeerId peerId;

  /// @param data as this type of key writes it
  EncodedPublicKey(KeyType type, byte[] data) {
    this.type = type;
    this.protobuf = KeyProtobuf.encodePublic(type, data);
    this.peerId = PeerId.ofPublicKey(protobuf.toArray());
  }

  @Override
  public final KeyType type() {
    return type;
  }

  @Override
  public final Bytes protobuf() {
    return protobuf;
  }

  @Override
  public final PeerId peerId() {
    return peerId;
  }

  @Override
  public final boolean equals(Object o) {
    return o instanceof EncodedPublicKey other && protobuf.equals(other.protobuf);
  }

  @Override
  public final int hashCode() {
    return protobuf.hashCode();
  }

  @Override
  public final String toString() {
    return type + " key of " + peerId;
  }
}
