package io.kadenza.host.internal.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kadenza.crypto.primitive.Aead;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.crypto.primitive.Sha256;
import io.kadenza.host.internal.noise.NoiseException.Kind;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The running hash and chaining key of a handshake (Noise, section 5.2) with SHA-256 and
/// ChaCha20-Poly1305. Owned by one handshake.
final class SymmetricState {
  private static final byte[] NOTHING = {};

  private final CryptoSuite crypto;
  private final MessageDigest sha256;
  private byte[] hash;
  private byte[] chainingKey;
  private @Nullable CipherState cipher;

  SymmetricState(String protocolName, CryptoSuite crypto) {
    this.crypto = crypto;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    byte[] name = protocolName.getBytes(US_ASCII);
    hash = name.length <= Sha256.BYTES ? Arrays.copyOf(name, Sha256.BYTES) : sha256.digest(name);
    chainingKey = hash;
  }

  void mixHash(byte[] data) {
    mixHash(data, 0, data.length);
  }

  void mixHash(byte[] data, int off, int len) {
    sha256.update(hash);
    sha256.update(data, off, len);
    hash = sha256.digest();
  }

  void mixKey(byte[] inputKeyMaterial) {
    byte[][] two = expand(inputKeyMaterial);
    chainingKey = two[0];
    cipher = new CipherState(crypto.aead(two[1]));
  }

  /// Encrypts, once there is a key, and mixes what goes over the wire into the hash.
  byte[] encryptAndHash(byte[] plaintext) {
    byte[] out = plaintext;
    if (cipher != null) {
      out = new byte[plaintext.length + Aead.TAG_BYTES];
      cipher.seal(hash, plaintext, 0, plaintext.length, out, 0);
    }
    mixHash(out);
    return out;
  }

  /// Decrypts, once there is a key, and mixes what came over the wire into the hash.
  byte[] decryptAndHash(byte[] buf, int off, int len) {
    byte[] out;
    if (cipher == null) {
      out = Arrays.copyOfRange(buf, off, off + len);
    } else if (len < Aead.TAG_BYTES) {
      throw new NoiseException(Kind.MALFORMED, "a handshake message is too short");
    } else {
      out = new byte[len - Aead.TAG_BYTES];
      cipher.open(hash, buf, off, len, out, 0);
    }
    mixHash(buf, off, len);
    return out;
  }

  /// The initiator's sending key and the responder's.
  CipherState[] split() {
    byte[][] two = expand(NOTHING);
    return new CipherState[] {
      new CipherState(crypto.aead(two[0])), new CipherState(crypto.aead(two[1]))
    };
  }

  /// What both sides have in common when all went well.
  byte[] handshakeHash() {
    return hash.clone();
  }

  private byte[][] expand(byte[] inputKeyMaterial) {
    return Sha256.hkdf(chainingKey, inputKeyMaterial, 2);
  }
}
