package io.kadenza.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAKeyGenParameterSpec;

/// The secret half of an identity. Prints only what is public.
public sealed interface PrivateKey permits Ed25519PrivateKey, EcPrivateKey, RsaPrivateKey {
  /// The longest encoding read: RSA of 8192 bits takes about 4,700 bytes.
  int MAX_BYTES = 5000;

  KeyType type();

  PublicKey publicKey();

  /// Signs in the way of the type: Ed25519 over the message itself; ECDSA (DER, s in the lower half
  /// on secp256k1) and RSA (PKCS #1 v1.5) over its SHA-256.
  byte[] sign(byte[] message);

  /// The libp2p encoding, secret included, in an array of its own: wipe it after use.
  byte[] protobuf();

  /// Reads the libp2p encoding, as key files of all libp2p implementations hold it.
  ///
  /// @throws io.kadenza.multiformats.MalformedException when it is not one, or its halves disagree
  static PrivateKey fromProtobuf(byte[] protobuf) {
    KeyProtobuf key = KeyProtobuf.parse(protobuf, MAX_BYTES);
    return switch (key.type()) {
      case RSA -> RsaPrivateKey.parse(key.data());
      case ED25519 -> Ed25519PrivateKey.parse(key.data());
      case SECP256K1 -> EcPrivateKey.parseSecp256k1(key.data());
      case ECDSA -> EcPrivateKey.parseP256(key.data());
    };
  }

  /// A new key from the system's secure random. RSA keys get 2048 bits and take about a second.
  static PrivateKey generate(KeyType type) {
    var random = new SecureRandom();
    return switch (type) {
      case ED25519 -> Ed25519PrivateKey.generate(random);
      case SECP256K1 -> EcPrivateKey.generate(EcCurve.SECP256K1, random);
      case ECDSA -> EcPrivateKey.generate(EcCurve.P256, random);
      case RSA -> {
        try {
          var generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(
              new RSAKeyGenParameterSpec(RsaPublicKey.MIN_BITS, RSAKeyGenParameterSpec.F4));
          yield RsaPrivateKey.of((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException("every Java platform makes RSA keys of 2048 bits", e);
        }
      }
    };
  }
}
