package io.kadenza.crypto;

import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.crypto.primitive.Ed25519;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;

/// An Ed25519 key: its data is the 32 bytes of RFC 8032.
final class Ed25519PublicKey implements PublicKey {
  private final byte[] raw;
  private final Bytes protobuf;
  private final PeerId peerId;

  private Ed25519PublicKey(byte[] raw) {
    this.raw = raw;
    this.protobuf = KeyProtobuf.encodePublic(KeyType.ED25519, raw);
    this.peerId = PeerId.ofPublicKey(protobuf.toArray());
  }

  static Ed25519PublicKey parse(byte[] raw) {
    if (raw.length != Ed25519.KEY_BYTES) {
      throw MalformedException.onWire("an Ed25519 key has 32 bytes, not " + raw.length);
    }
    return new Ed25519PublicKey(raw);
  }

  @Override
  public KeyType type() {
    return KeyType.ED25519;
  }

  @Override
  public Bytes protobuf() {
    return protobuf;
  }

  @Override
  public PeerId peerId() {
    return peerId;
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    return CryptoSuite.best().ed25519().verify(raw, message, signature);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Ed25519PublicKey other && protobuf.equals(other.protobuf);
  }

  @Override
  public int hashCode() {
    return protobuf.hashCode();
  }

  @Override
  public String toString() {
    return "ed25519 key of " + peerId;
  }
}
