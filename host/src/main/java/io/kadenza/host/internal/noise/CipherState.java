package io.kadenza.host.internal.noise;

import io.kadenza.crypto.primitive.Aead;
import io.kadenza.crypto.primitive.AuthenticationFailure;
import io.kadenza.host.internal.noise.NoiseException.Kind;

/// A key and the nonce of its next message (Noise, section 5.1). Owned by one direction of one
/// connection.
final class CipherState {

  /// "2^64-1 is reserved": a session ends before a nonce comes twice.
  private static final long RESERVED_NONCE = -1;

  private final Aead aead;
  private long nonce;

  CipherState(Aead aead, long firstNonce) {
    this.aead = aead;
    this.nonce = firstNonce;
  }

  CipherState(Aead aead) {
    this(aead, 0);
  }

  /// Encrypts; returns the bytes written, [Aead#TAG_BYTES] more than `len`.
  int seal(byte[] ad, byte[] in, int inOff, int len, byte[] out, int outOff) {
    requireNonce();
    int sealed = aead.seal(nonce, ad, in, inOff, len, out, outOff);
    nonce++;
    return sealed;
  }

  /// Decrypts; returns the bytes written. "If DECRYPT() signals an authentication error, n is not
  /// incremented."
  int open(byte[] ad, byte[] in, int inOff, int len, byte[] out, int outOff) {
    requireNonce();
    try {
      int opened = aead.open(nonce, ad, in, inOff, len, out, outOff);
      nonce++;
      return opened;
    } catch (AuthenticationFailure e) {
      throw new NoiseException(
          Kind.AUTHENTICATION, "a message was altered or made with another key");
    }
  }

  long nonce() {
    return nonce;
  }

  private void requireNonce() {
    if (nonce == RESERVED_NONCE) {
      throw new NoiseException(Kind.EXHAUSTED, "all nonces of the session are used");
    }
  }
}
