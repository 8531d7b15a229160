package io.kadenza.crypto.primitive;

/// ChaCha20-Poly1305 (RFC 8439) bound to one key, with the nonces of the Noise framework: four zero
/// bytes, then the counter as 64-bit little-endian (Noise, section 12.3).
///
/// The caller owns the counter and never seals twice under one. Confined to one thread at a time:
/// the sealing side of a connection has one, the opening side another.
public interface Aead {
  /// Length of a key in bytes.
  int KEY_BYTES = 32;

  /// What sealing adds to a message, in bytes.
  int TAG_BYTES = 16;

  /// Encrypts `len` bytes and appends the tag. `in` and `out` may be one array when the offsets are
  /// equal; otherwise the two ranges must not overlap.
  ///
  /// @return the bytes written to `out`: `len + TAG_BYTES`
  /// @throws IndexOutOfBoundsException when either range leaves its array
  int seal(long nonce, byte[] ad, byte[] in, int inOff, int len, byte[] out, int outOff);

  /// Checks the tag at the end of the `len` bytes and decrypts what is before it. `in` and `out`
  /// may be one array when the offsets are equal. After a failure nothing in `out` is to be used.
  ///
  /// @return the bytes written to `out`: `len - TAG_BYTES`
  /// @throws AuthenticationFailure when the tag does not fit, or there is no room for one
  /// @throws IndexOutOfBoundsException when either range leaves its array
  int open(long nonce, byte[] ad, byte[] in, int inOff, int len, byte[] out, int outOff);
}
