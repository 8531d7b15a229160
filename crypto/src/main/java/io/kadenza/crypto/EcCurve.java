package io.kadenza.crypto;

import io.kadenza.crypto.primitive.Sha256;
import io.kadenza.multiformats.MalformedException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/// The two curves of identity keys, and ECDSA with SHA-256 on them, by Bouncy Castle's lightweight
/// classes. Secret nonces are derived (RFC 6979), so signing needs no randomness.
enum EcCurve {
  SECP256K1("secp256k1"),
  P256("P-256");

  static final int SCALAR_BYTES = 32;
  static final int COMPRESSED_BYTES = 33;
  static final int UNCOMPRESSED_BYTES = 65;

  // Bouncy Castle's parameters never change, but do not say so in an annotation.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ECDomainParameters domain;

  EcCurve(String name) {
    X9ECParameters curve = CustomNamedCurves.getByName(name);
    this.domain = new ECDomainParameters(curve);
  }

  /// The point of a compressed or uncompressed encoding, on the curve and not infinity.
  ECPoint point(byte[] encoded) {
    boolean compressed =
        encoded.length == COMPRESSED_BYTES && (encoded[0] == 0x02 || encoded[0] == 0x03);
    boolean uncompressed = encoded.length == UNCOMPRESSED_BYTES && encoded[0] == 0x04;
    if (!compressed && !uncompressed) {
      throw MalformedException.onWire("a point is 33 bytes after 02 or 03, or 65 after 04");
    }
    try {
      return domain.validatePublicPoint(domain.getCurve().decodePoint(encoded));
    } catch (IllegalArgumentException e) {
      throw MalformedException.onWire("the point is not on the curve");
    }
  }

  /// The secret scalar of 32 bytes, from 1 to the group's order less one.
  BigInteger scalar(byte[] encoded) {
    if (encoded.length != SCALAR_BYTES) {
      throw MalformedException.onWire("a private key has 32 bytes, not " + encoded.length);
    }
    BigInteger scalar = new BigInteger(1, encoded);
    if (scalar.signum() == 0 || scalar.compareTo(domain.getN()) >= 0) {
      throw MalformedException.onWire("the private key is zero or not below the group's order");
    }
    return scalar;
  }

  BigInteger randomScalar(SecureRandom random) {
    byte[] candidate = new byte[SCALAR_BYTES];
    while (true) {
      random.nextBytes(candidate);
      BigInteger scalar = new BigInteger(1, candidate);
      // Rejection keeps the scalar uniform; both orders are so close to 2^256 that it hardly
      // occurs.
      if (scalar.signum() != 0 && scalar.compareTo(domain.getN()) < 0) {
        return scalar;
      }
    }
  }

  ECPoint publicPoint(BigInteger scalar) {
    return new FixedPointCombMultiplier().multiply(domain.getG(), scalar).normalize();
  }

  EcdsaSignature sign(BigInteger scalar, byte[] message) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(scalar, domain));
    BigInteger[] pair = signer.generateSignature(Sha256.digest(message));
    return new EcdsaSignature(pair[0], this == SECP256K1 ? low(pair[1]) : pair[1]);
  }

  /// Takes s of either half, as go-libp2p does.
  boolean verify(ECPoint point, byte[] message, EcdsaSignature signature) {
    var verifier = new ECDSASigner();
    verifier.init(false, new ECPublicKeyParameters(point, domain));
    return verifier.verifySignature(Sha256.digest(message), signature.r(), signature.s());
  }

  /// "We require that the S value inside ECDSA signatures is at most the curve order divided by 2"
  /// (BIP 62, rule 5), which rust-libp2p's library insists on.
  private BigInteger low(BigInteger s) {
    BigInteger n = domain.getN();
    return s.compareTo(n.shiftRight(1)) > 0 ? n.subtract(s) : s;
  }
}
