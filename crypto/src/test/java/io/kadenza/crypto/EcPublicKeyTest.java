package io.kadenza.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcPublicKeyTest {
  private static final byte[] SECP256K1 =
      KeyVectors.data(KeyVectors.of(KeyType.SECP256K1).publicBytes());
  private static final byte[] P256 = KeyVectors.data(KeyVectors.of(KeyType.ECDSA).publicBytes());

  @Test
  void readsAnUncompressedSecp256k1PointAsItsCompressedKey() {
    byte[] uncompressed = EcCurve.SECP256K1.point(SECP256K1).getEncoded(false);

    assertThat(PublicKey.fromProtobuf(KeyVectors.protobuf(2, uncompressed)))
        .isEqualTo(KeyVectors.of(KeyType.SECP256K1).parsePublic());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00", // infinity
        "", // nothing
        "02", // no coordinate
        // x is the field's prime, and not reduced
        "02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
        "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // x = 5 has no y
        "020000000000000000000000000000000000000000000000000000000000000005",
        // hybrid and unknown forms
        "06"
            + "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
            + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
        "0579be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        // the generator with another y
        "04"
            + "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
            + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b9",
        // nought, which is on no curve
        "04"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000000",
      })
  void refusesWhatIsNoPointOfSecp256k1(String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(2, data)));
  }

  @Test
  void refusesPointsOffP256() {
    byte[] data = P256.clone();
    data[data.length - 1] ^= 1;
    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(3, data)))
        .withMessageContaining("not on the curve");

    Arrays.fill(data, data.length - 64, data.length, (byte) 0);
    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(3, data)));
  }

  /// Each names a curve that is not P-256, or describes one by parameters: refused by comparing
  /// bytes, before there is a curve to compute on.
  @ParameterizedTest
  @ValueSource(
      strings = {
        // secp256k1 by name
        "3056301006072a8648ce3d020106052b8104000a034200",
        // P-224, P-384 and P-521 by name
        "304e301006072a8648ce3d020106052b81040021033a00",
        "3076301006072a8648ce3d020106052b81040022036200",
        "30819b301006072a8648ce3d020106052b810400230381860000",
        // parameters inherited (NULL)
        "3050300b06072a8648ce3d02010500034200",
        // explicit parameters over a prime field
        "3059301306072a8648ce3d02013008020101060306052b034200",
        // explicit parameters over a binary field (characteristic two)
        "30593013060" + "72a8648ce3d0201300806072a8648ce3d0102034200",
        // the algorithm id-ecDH
        "3059301306052b8104010c06082a8648ce3d0301070342000000",
        // Ed25519
        "302a300506032b6570032100",
      })
  void refusesOtherCurvesWithoutComputing(String prefix) {
    byte[] point = Arrays.copyOfRange(P256, P256.length - 65, P256.length);
    byte[] data = DerWriter.concat(HexFormat.of().parseHex(prefix), point);

    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(3, data)))
        .withMessageNotContaining("not on the curve");
    byte[] sameLength = Arrays.copyOf(data, P256.length);
    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(3, sameLength)))
        .withMessageNotContaining("not on the curve");
  }

  @Test
  void refusesAHugeBinaryFieldAsFastAsAnyOtherBytes() {
    // An exponent of 2^1000 for the field of characteristic two is what stalls parsers that build
    // it.
    byte[] huge = new byte[1000];
    Arrays.fill(huge, (byte) 0x7f);
    byte[] data = DerWriter.sequence(DerWriter.octetString(huge));

    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(3, data)))
        .withMessageContaining("P-256");
  }

  @Test
  void refusesACompressedPointOnP256AsGoDoes() {
    byte[] compressed = EcCurve.P256.point(Arrays.copyOfRange(P256, 26, 91)).getEncoded(true);
    byte[] data =
        DerWriter.concat(
            HexFormat.of().parseHex("3039301306072a8648ce3d020106082a8648ce3d030107032200"),
            compressed);

    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(3, data)));
  }
}
