package io.kadenza.crypto;

import io.kadenza.multiformats.MalformedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;

/// An RSA key pair: its data is the DER of PKCS #1.
final class RsaPrivateKey implements PrivateKey {
  /// RSAPrivateKey of two primes has version 0 (RFC 8017, A.1.2).
  private static final byte[] VERSION = {DerReader.INTEGER, 1, 0};

  private final RSAPrivateCrtKeySpec numbers;
  private final java.security.PrivateKey key;
  private final RsaPublicKey publicKey;

  private RsaPrivateKey(RSAPrivateCrtKeySpec numbers) {
    this.numbers = numbers;
    this.publicKey = RsaPublicKey.of(numbers.getModulus(), numbers.getPublicExponent());
    checkConsistent(numbers);
    try {
      this.key = KeyFactory.getInstance("RSA").generatePrivate(numbers);
    } catch (GeneralSecurityException e) {
      throw MalformedException.onWire("RSA private key refused: " + e.getMessage());
    }
  }

  static RsaPrivateKey of(RSAPrivateCrtKey key) {
    return new RsaPrivateKey(
        new RSAPrivateCrtKeySpec(
            key.getModulus(),
            key.getPublicExponent(),
            key.getPrivateExponent(),
            key.getPrimeP(),
            key.getPrimeQ(),
            key.getPrimeExponentP(),
            key.getPrimeExponentQ(),
            key.getCrtCoefficient()));
  }

  static RsaPrivateKey parse(byte[] data) {
    var outer = new DerReader(data);
    DerReader in = outer.enter(DerReader.SEQUENCE);
    outer.end();
    in.expect(VERSION);
    var numbers =
        new RSAPrivateCrtKeySpec(
            in.integer(RsaPublicKey.MAX_MODULUS_BYTES),
            in.integer(RsaPublicKey.MAX_EXPONENT_BYTES),
            in.integer(RsaPublicKey.MAX_MODULUS_BYTES),
            in.integer(RsaPublicKey.MAX_MODULUS_BYTES),
            in.integer(RsaPublicKey.MAX_MODULUS_BYTES),
            in.integer(RsaPublicKey.MAX_MODULUS_BYTES),
            in.integer(RsaPublicKey.MAX_MODULUS_BYTES),
            in.integer(RsaPublicKey.MAX_MODULUS_BYTES));
    in.end();
    return new RsaPrivateKey(numbers);
  }

  /// The equations of RFC 8017, section 3.2. A key that breaks one would sign wrongly, and a wrong
  /// half of such a signature tells the primes.
  private static void checkConsistent(RSAPrivateCrtKeySpec k) {
    BigInteger p = k.getPrimeP();
    BigInteger q = k.getPrimeQ();
    if (p.bitLength() < 2 || q.bitLength() < 2 || !p.multiply(q).equals(k.getModulus())) {
      throw MalformedException.onWire("the RSA primes do not make the modulus");
    }
    BigInteger p1 = p.subtract(BigInteger.ONE);
    BigInteger q1 = q.subtract(BigInteger.ONE);
    boolean consistent =
        isInverse(k.getPublicExponent(), k.getPrivateExponent(), p1)
            && isInverse(k.getPublicExponent(), k.getPrivateExponent(), q1)
            && k.getPrivateExponent().mod(p1).equals(k.getPrimeExponentP())
            && k.getPrivateExponent().mod(q1).equals(k.getPrimeExponentQ())
            && isInverse(k.getCrtCoefficient(), q, p);
    if (!consistent) {
      throw MalformedException.onWire("the numbers of the RSA key do not belong together");
    }
  }

  private static boolean isInverse(BigInteger a, BigInteger b, BigInteger modulus) {
    return a.multiply(b).mod(modulus).equals(BigInteger.ONE);
  }

  @Override
  public KeyType type() {
    return KeyType.RSA;
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      var signer = Signature.getInstance(RsaPublicKey.SIGNATURE);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform signs with RSA", e);
    }
  }

  @Override
  public byte[] protobuf() {
    return KeyProtobuf.encode(
        KeyType.RSA,
        DerWriter.sequence(
            VERSION,
            DerWriter.integer(numbers.getModulus()),
            DerWriter.integer(numbers.getPublicExponent()),
            DerWriter.integer(numbers.getPrivateExponent()),
            DerWriter.integer(numbers.getPrimeP()),
            DerWriter.integer(numbers.getPrimeQ()),
            DerWriter.integer(numbers.getPrimeExponentP()),
            DerWriter.integer(numbers.getPrimeExponentQ()),
            DerWriter.integer(numbers.getCrtCoefficient())));
  }

  @Override
  public String toString() {
    return "private " + publicKey;
  }
}
