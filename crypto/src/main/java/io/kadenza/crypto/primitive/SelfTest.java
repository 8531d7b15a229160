package io.kadenza.crypto.primitive;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;

/// One published vector for each primitive: a native library is believed once it computed them.
final class SelfTest {
  private SelfTest() {}

  static void run(CryptoSuite suite) throws GeneralSecurityException {
    x25519(suite.x25519());
    ed25519(suite.ed25519());
    aead(suite.aead(new byte[Aead.KEY_BYTES]));
  }

  /// RFC 7748, section 6.1: Alice's private key and Bob's public one.
  private static void x25519(X25519 x25519) throws GeneralSecurityException {
    byte[] secret =
        x25519.agree(
            hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"),
            hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
    check("X25519", secret, "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    int length = x25519.generate().publicKey().length;
    if (length != X25519.KEY_BYTES) {
      throw new GeneralSecurityException("X25519 makes keys of " + length + " bytes");
    }
  }

  /// RFC 8032, section 7.1, test 2.
  private static void ed25519(Ed25519 ed25519) throws GeneralSecurityException {
    byte[] message = {0x72};
    var signer =
        ed25519.signer(hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    byte[] signature = signer.sign(message);
    check(
        "Ed25519",
        signature,
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    if (!ed25519.verify(signer.publicKey(), message, signature)
        || ed25519.verify(signer.publicKey(), new byte[1], signature)) {
      throw new GeneralSecurityException("Ed25519 verifies wrongly");
    }
  }

  /// The all-zero key and nonce over a message of each way that scratch memory takes.
  private static void aead(Aead aead) throws GeneralSecurityException {
    byte[] ad = "kadenza".getBytes(StandardCharsets.US_ASCII);
    for (int size : new int[] {0, 100, 9000}) {
      byte[] sealed = new byte[size + Aead.TAG_BYTES];
      aead.seal(size, ad, new byte[size], 0, size, sealed, 0);
      byte[] expected = new byte[sealed.length];
      new JdkAead(new byte[Aead.KEY_BYTES]).seal(size, ad, new byte[size], 0, size, expected, 0);
      byte[] opened = new byte[size];
      aead.open(size, ad, sealed, 0, sealed.length, opened, 0);
      if (!Arrays.equals(sealed, expected) || !Arrays.equals(opened, new byte[size])) {
        throw new GeneralSecurityException("ChaCha20-Poly1305 computes wrong results");
      }
    }
  }

  private static void check(String what, byte[] actual, String expected)
      throws GeneralSecurityException {
    if (!Arrays.equals(actual, hex(expected))) {
      throw new GeneralSecurityException(what + " computes wrong results");
    }
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
