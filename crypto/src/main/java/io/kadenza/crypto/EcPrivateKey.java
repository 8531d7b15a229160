package io.kadenza.crypto;

import io.kadenza.multiformats.MalformedException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.util.BigIntegers;

/// A key pair on secp256k1 (its data is the scalar) or P-256 (its data is the DER of SEC 1).
final class EcPrivateKey implements PrivateKey {
  /// ECPrivateKey has version 1 (RFC 5915, section 3).
  private static final byte[] VERSION = {DerReader.INTEGER, 1, 1};

  private static final byte[] P256_NAME = HexFormat.of().parseHex("06082a8648ce3d030107");
  private static final int CURVE_TAG = 0xa0;
  private static final int POINT_TAG = 0xa1;

  private final EcCurve curve;
  private final BigInteger scalar;
  private final EcPublicKey publicKey;

  private EcPrivateKey(EcCurve curve, BigInteger scalar) {
    this.curve = curve;
    this.scalar = scalar;
    this.publicKey = EcPublicKey.of(curve, curve.publicPoint(scalar));
  }

  static EcPrivateKey generate(EcCurve curve, SecureRandom random) {
    return new EcPrivateKey(curve, curve.randomScalar(random));
  }

  static EcPrivateKey parseSecp256k1(byte[] data) {
    return new EcPrivateKey(EcCurve.SECP256K1, EcCurve.SECP256K1.scalar(data));
  }

  static EcPrivateKey parseP256(byte[] data) {
    var outer = new DerReader(data);
    DerReader in = outer.enter(DerReader.SEQUENCE);
    outer.end();
    in.expect(VERSION);
    BigInteger scalar = EcCurve.P256.scalar(in.enter(DerReader.OCTET_STRING).rest());
    // The curve and the point are optional in SEC 1; the type of the key has said P-256 already.
    if (in.isNext(CURVE_TAG)) {
      DerReader name = in.enter(CURVE_TAG);
      name.expect(P256_NAME);
      name.end();
    }
    var key = new EcPrivateKey(EcCurve.P256, scalar);
    if (in.isNext(POINT_TAG)) {
      DerReader point = in.enter(POINT_TAG);
      if (!Arrays.equals(point.bits().rest(), key.encodedPoint())) {
        throw MalformedException.onWire("the public half of the ECDSA key is not the scalar's own");
      }
      point.end();
    }
    in.end();
    return key;
  }

  private byte[] encodedPoint() {
    return curve.publicPoint(scalar).getEncoded(false);
  }

  @Override
  public KeyType type() {
    return publicKey.type();
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    return curve.sign(scalar, message).der();
  }

  @Override
  public byte[] protobuf() {
    byte[] raw = BigIntegers.asUnsignedByteArray(EcCurve.SCALAR_BYTES, scalar);
    return KeyProtobuf.encode(
        type(),
        switch (curve) {
          case SECP256K1 -> raw;
          case P256 ->
              DerWriter.sequence(
                  VERSION,
                  DerWriter.octetString(raw),
                  DerWriter.tagged(CURVE_TAG, P256_NAME),
                  DerWriter.tagged(POINT_TAG, DerWriter.bitString(encodedPoint())));
        });
  }

  @Override
  public String toString() {
    return "private " + publicKey;
  }
}
