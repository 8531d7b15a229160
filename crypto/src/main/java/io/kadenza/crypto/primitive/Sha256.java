package io.kadenza.crypto.primitive;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// SHA-256 and the functions built on it, by the JDK. Pure functions.
public final class Sha256 {
  /// Length of a digest in bytes.
  public static final int BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  private Sha256() {}

  /// The digest of the parts, one after another.
  public static byte[] digest(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// HMAC-SHA256 (RFC 2104) of the parts, one after another.
  public static byte[] hmac(byte[] key, byte[]... parts) {
    Mac mac = mac(key);
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  /// HKDF as the Noise framework calls it: `count` keys of 32 bytes from a chaining key and input
  /// key material (Noise, section 4.3; RFC 5869 with the chaining key as salt and no info).
  ///
  /// @throws IllegalArgumentException unless `count` is 2 or 3
  public static byte[][] hkdf(byte[] chainingKey, byte[] input, int count) {
    if (count < 2 || count > 3) {
      throw new IllegalArgumentException("Noise derives 2 or 3 keys, not " + count);
    }
    Mac mac = mac(hmac(chainingKey, input));
    byte[][] keys = new byte[count][];
    byte[] previous = new byte[0];
    for (int i = 0; i < count; i++) {
      mac.update(previous);
      mac.update((byte) (i + 1));
      previous = mac.doFinal();
      keys[i] = previous;
    }
    return keys;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      // HMAC pads a key with zeros, so one zero byte is the empty key, which the JCA refuses.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
