package io.kadenza.crypto.primitive;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/// The JDK's ChaCha20-Poly1305, which works in place by itself.
final class JdkAead extends JcaAead {
  JdkAead(byte[] key) {
    super(key, newCipher());
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("ChaCha20-Poly1305");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no ChaCha20-Poly1305", e);
    }
  }

  @Override
  void run(byte[] in, int inOff, int len, byte[] out, int outOff, int outLen)
      throws GeneralSecurityException {
    cipher.doFinal(in, inOff, len, out, outOff);
  }
}
