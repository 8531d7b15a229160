package io.kadenza.crypto;

import io.kadenza.multiformats.MalformedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;

/// An RSA key: its data is the DER of PKIX. Signatures are PKCS #1 v1.5 with SHA-256, by the JDK.
final class RsaPublicKey extends EncodedPublicKey {
  static final int MIN_BITS = 2048;

  /// As go-libp2p: the cost of a verification grows with the square of the length.
  static final int MAX_BITS = 8192;

  static final int MAX_MODULUS_BYTES = MAX_BITS / 8;
  static final int MAX_EXPONENT_BYTES = 4;
  static final String SIGNATURE = "SHA256withRSA";

  /// AlgorithmIdentifier of rsaEncryption, with "the parameters field" that "MUST be NULL" (RFC
  /// 3279, section 2.3.1).
  private static final byte[] ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  private final java.security.PublicKey key;

  private RsaPublicKey(BigInteger modulus, BigInteger exponent) {
    super(KeyType.RSA, pkix(modulus, exponent));
    try {
      this.key =
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    } catch (GeneralSecurityException e) {
      throw MalformedException.onWire("RSA key refused: " + e.getMessage());
    }
  }

  private static byte[] pkix(BigInteger modulus, BigInteger exponent) {
    byte[] pkcs1 = DerWriter.sequence(DerWriter.integer(modulus), DerWriter.integer(exponent));
    return DerWriter.sequence(ALGORITHM, DerWriter.bitString(pkcs1));
  }

  static RsaPublicKey parse(byte[] data) {
    var outer = new DerReader(data);
    DerReader info = outer.enter(DerReader.SEQUENCE);
    outer.end();
    info.expect(ALGORITHM);
    DerReader bits = info.bits();
    info.end();
    DerReader pair = bits.enter(DerReader.SEQUENCE);
    bits.end();
    BigInteger modulus = pair.integer(MAX_MODULUS_BYTES);
    BigInteger exponent = pair.integer(MAX_EXPONENT_BYTES);
    pair.end();
    return of(modulus, exponent);
  }

  /// The key of two numbers, which are checked before anything is computed with them.
  static RsaPublicKey of(BigInteger modulus, BigInteger exponent) {
    int bits = modulus.bitLength();
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw MalformedException.onWire(
          "RSA key of " + bits + " bits; expected " + MIN_BITS + " to " + MAX_BITS);
    }
    if (!modulus.testBit(0)) {
      throw MalformedException.onWire("RSA modulus is even");
    }
    // One changes nothing, even ones have no inverse; 31 bits is what go's crypto/rsa takes.
    if (!exponent.testBit(0) || exponent.equals(BigInteger.ONE) || exponent.bitLength() > 31) {
      throw MalformedException.onWire("RSA exponent is not odd between 3 and 2^31");
    }
    return new RsaPublicKey(modulus, exponent);
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    try {
      var verifier = Signature.getInstance(SIGNATURE);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
