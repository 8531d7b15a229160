package io.kadenza.crypto;

import io.kadenza.multiformats.MalformedException;
import java.util.HexFormat;
import org.bouncycastle.math.ec.ECPoint;

/// A key on secp256k1 (its data is a compressed point) or P-256 (its data is the DER of PKIX).
final class EcPublicKey extends EncodedPublicKey {
  /// SubjectPublicKeyInfo of an uncompressed point on the named curve P-256, up to the point. What
  /// names another curve, or describes one by parameters, differs here.
  private static final byte[] P256_PREFIX =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  private final EcCurve curve;
  private final ECPoint point;

  private EcPublicKey(EcCurve curve, KeyType type, ECPoint point, byte[] data) {
    super(type, data);
    this.curve = curve;
    this.point = point;
  }

  /// Takes the uncompressed form too, as go-libp2p does; the encoding is the compressed one.
  static EcPublicKey parseSecp256k1(byte[] data) {
    return of(EcCurve.SECP256K1, EcCurve.SECP256K1.point(data));
  }

  static EcPublicKey parseP256(byte[] data) {
    if (data.length != P256_PREFIX.length + EcCurve.UNCOMPRESSED_BYTES) {
      throw MalformedException.onWire("an ECDSA key is the PKIX form of a point on P-256");
    }
    var in = new DerReader(data);
    in.expect(P256_PREFIX);
    return of(EcCurve.P256, EcCurve.P256.point(in.rest()));
  }

  static EcPublicKey of(EcCurve curve, ECPoint point) {
    return switch (curve) {
      case SECP256K1 -> new EcPublicKey(curve, KeyType.SECP256K1, point, point.getEncoded(true));
      case P256 ->
          new EcPublicKey(
              curve, KeyType.ECDSA, point, DerWriter.concat(P256_PREFIX, point.getEncoded(false)));
    };
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    try {
      return curve.verify(point, message, EcdsaSignature.parse(signature));
    } catch (MalformedException e) {
      return false;
    }
  }
}
