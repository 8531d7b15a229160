package io.kadenza.crypto;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;

/// A peer's public key. Two keys are equal when their encodings are.
public sealed interface PublicKey permits EncodedPublicKey {
  /// The longest encoding read: an RSA modulus of 8192 bits with its wrapping takes 1,067 bytes.
  int MAX_BYTES = 1100;

  KeyType type();

  /// The one libp2p encoding of this key, of which its peer id is the hash.
  Bytes protobuf();

  /// The peer that owns this key.
  PeerId peerId();

  /// Whether the signature over the message is this key's. False for whatever is no signature.
  boolean verify(byte[] message, byte[] signature);

  /// Reads the libp2p encoding.
  ///
  /// @throws io.kadenza.multiformats.MalformedException when it is not one, or holds a key that
  ///   nobody should use: RSA outside 2048 to 8192 bits, a curve other than P-256, a point off it
  static PublicKey fromProtobuf(byte[] protobuf) {
    KeyProtobuf key = KeyProtobuf.parse(protobuf, MAX_BYTES);
    return switch (key.type()) {
      case RSA -> RsaPublicKey.parse(key.data());
      case ED25519 -> Ed25519PublicKey.parse(key.data());
      case SECP256K1 -> EcPublicKey.parseSecp256k1(key.data());
      case ECDSA -> EcPublicKey.parseP256(key.data());
    };
  }

  /// Reads the libp2p encoding.
  static PublicKey fromProtobuf(Bytes protobuf) {
    return fromProtobuf(protobuf.toArray());
  }

  /// The key that a peer id carries in itself; empty when the id is only a hash.
  ///
  /// @throws io.kadenza.multiformats.MalformedException when what it carries is no key
  static Optional<PublicKey> in(PeerId peer) {
    return peer.inlinePublicKey().map(PublicKey::fromProtobuf);
  }
}
