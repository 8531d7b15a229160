package io.kadenza.crypto;

import io.kadenza.multiformats.MalformedException;
import java.util.Locale;

/// The kinds of identity keys (libp2p specs, peer-ids: `enum KeyType`).
public enum KeyType {
  RSA(0),
  ED25519(1),
  SECP256K1(2),
  /// ECDSA on the curve P-256.
  ECDSA(3);

  private final int code;

  KeyType(int code) {
    this.code = code;
  }

  /// The number that stands for the type in protobuf messages.
  public int code() {
    return code;
  }

  /// The type of a number from a protobuf message.
  static KeyType ofCode(int code) {
    for (KeyType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw MalformedException.onWire("key type " + code + " is unknown; expected 0 to 3");
  }

  /// Reads a name in any case, as users write it.
  public static KeyType parse(String name) {
    for (KeyType type : values()) {
      if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
        return type;
      }
    }
    throw new MalformedException(
        "unknown key type "
            + MalformedException.quote(name)
            + "; expected ed25519, secp256k1, ecdsa or rsa");
  }

  /// The name in lower case, as command lines and messages have it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
