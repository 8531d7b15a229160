package io.kadenza.host.internal.noise;

/// Takes decrypted bytes: a view into a buffer that is used again when the call returns.
@FunctionalInterface
public interface Plaintext {
  void plaintext(byte[] buf, int off, int len);
}
