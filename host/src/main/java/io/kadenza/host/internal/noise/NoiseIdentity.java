package io.kadenza.host.internal.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.crypto.primitive.X25519KeyPair;
import java.util.List;

/// The host's static Noise key and the proof that it belongs to the host's identity: made once,
/// shared by all connections, never stored.
///
/// One pair for the process saves a key and a signature in every handshake, and lets remotes that
/// remember proofs skip the verification. Immutable.
public final class NoiseIdentity {

  private static final byte[] SIGNATURE_PREFIX = "noise-libp2p-static-key:".getBytes(US_ASCII);

  private final CryptoSuite crypto;
  private final X25519KeyPair staticKey;
  private final byte[] identityKey;
  private final byte[] signature;

  private NoiseIdentity(CryptoSuite crypto, X25519KeyPair staticKey, Identity identity) {
    this.crypto = crypto;
    this.staticKey = staticKey;
    this.identityKey = identity.publicKey().protobuf().toArray();
    this.signature = identity.sign(signedBytes(staticKey.publicKey()));
  }

  /// Draws a static key and signs it.
  public static NoiseIdentity create(Identity identity, CryptoSuite crypto) {
    return new NoiseIdentity(crypto, crypto.x25519().generate(), identity);
  }

  /// What an identity signs to vouch for a static key.
  static byte[] signedBytes(byte[] staticKey) {
    byte[] signed = new byte[SIGNATURE_PREFIX.length + staticKey.length];
    System.arraycopy(SIGNATURE_PREFIX, 0, signed, 0, SIGNATURE_PREFIX.length);
    System.arraycopy(staticKey, 0, signed, SIGNATURE_PREFIX.length, staticKey.length);
    return signed;
  }

  XxPattern pattern() {
    return new XxPattern(crypto, staticKey);
  }

  byte[] payload(List<String> muxers) {
    return HandshakePayload.encode(identityKey, signature, muxers);
  }
}
