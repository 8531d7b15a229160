package io.kadenza.crypto.primitive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// ChaCha20-Poly1305 through a JCA cipher, which is made once and initialised for each frame: the
/// JCA has no cheaper way to a new nonce. Confined to one thread at a time.
abstract sealed class JcaAead implements Aead permits JdkAead, ConscryptAead {
  private static final int NONCE_BYTES = 12;

  private final SecretKeySpec key;

  final Cipher cipher;

  JcaAead(byte[] key, Cipher cipher) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a ChaCha20 key has 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "ChaCha20");
    this.cipher = cipher;
  }

  /// Runs the initialised cipher over `len` bytes; `outLen` is what it will write.
  abstract void run(byte[] in, int inOff, int len, byte[] out, int outOff, int outLen)
      throws GeneralSecurityException;

  @Override
  public final int seal(
      long nonce, byte[] ad, byte[] in, int inOff, int len, byte[] out, int outOff) {
    Objects.checkFromIndexSize(inOff, len, in.length);
    int sealed = Math.addExact(len, TAG_BYTES);
    Objects.checkFromIndexSize(outOff, sealed, out.length);
    try {
      init(Cipher.ENCRYPT_MODE, nonce, ad);
      run(in, inOff, len, out, outOff, sealed);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal under nonce " + Long.toUnsignedString(nonce), e);
    }
  }

  @Override
  public final int open(
      long nonce, byte[] ad, byte[] in, int inOff, int len, byte[] out, int outOff) {
    Objects.checkFromIndexSize(inOff, len, in.length);
    int opened = len - TAG_BYTES;
    if (opened < 0) {
      throw new AuthenticationFailure("a sealed frame of " + len + " bytes has no room for a tag");
    }
    Objects.checkFromIndexSize(outOff, opened, out.length);
    try {
      init(Cipher.DECRYPT_MODE, nonce, ad);
      run(in, inOff, len, out, outOff, opened);
      return opened;
    } catch (BadPaddingException e) {
      throw new AuthenticationFailure("the frame's tag does not fit");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot open under nonce " + Long.toUnsignedString(nonce), e);
    }
  }

  private void init(int mode, long nonce, byte[] ad) throws GeneralSecurityException {
    // "32 bits of zeros with little-endian encoding of n" (Noise, section 12.3)
    byte[] iv = new byte[NONCE_BYTES];
    ByteBuffer.wrap(iv).order(ByteOrder.LITTLE_ENDIAN).putLong(4, nonce);
    cipher.init(mode, key, new IvParameterSpec(iv));
    if (ad.length > 0) {
      cipher.updateAAD(ad);
    }
  }
}
