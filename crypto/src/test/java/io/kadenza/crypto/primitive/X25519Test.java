package io.kadenza.crypto.primitive;

import static io.kadenza.crypto.primitive.Suites.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("io.kadenza.crypto.primitive.Suites#all")
class X25519Test {
  /// Every encoding of a point whose order divides eight, the reduced ones and the others.
  private static final List<String> SMALL_ORDER =
      List.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0000000000000000000000000000000000000000000000000000000000000080",
          "0100000000000000000000000000000000000000000000000000000000000080",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

  @Parameter CryptoSuite suite;

  @Test
  void computesTheVectorsOfRfc7748Section52() {
    assertThat(
            suite
                .x25519()
                .agree(
                    hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                    hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")))
        .isEqualTo(hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
    assertThat(
            suite
                .x25519()
                .agree(
                    hex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
                    hex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")))
        .isEqualTo(hex("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"));
  }

  @Test
  void iteratesTheVectorOfRfc7748Section52AThousandTimes() {
    byte[] k = hex("0900000000000000000000000000000000000000000000000000000000000000");
    byte[] u = k;
    for (int i = 0; i < 1000; i++) {
      byte[] next = suite.x25519().agree(k, u);
      u = k;
      k = next;
    }
    assertThat(HexFormat.of().formatHex(k))
        .isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
  }

  @Test
  void computesTheExchangeOfRfc7748Section61() {
    byte[] alice = hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    byte[] bob = hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    byte[] shared = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    X25519 x25519 = suite.x25519();

    assertThat(x25519.agree(alice, x25519.publicKey(bob))).isEqualTo(shared);
    assertThat(x25519.agree(bob, x25519.publicKey(alice))).isEqualTo(shared);
  }

  @Test
  void refusesEveryPointOfSmallOrder() {
    byte[] ours = suite.x25519().generate().privateKey();
    for (String point : SMALL_ORDER) {
      assertThatExceptionOfType(AuthenticationFailure.class)
          .as(point)
          .isThrownBy(() -> suite.x25519().agree(ours, hex(point)));
    }
  }

  @Test
  void ignoresTheTopBitOfACoordinate() {
    X25519KeyPair ours = suite.x25519().generate();
    byte[] theirs = suite.x25519().generate().publicKey();
    byte[] marked = theirs.clone();
    marked[31] |= (byte) 0x80;

    assertThat(suite.x25519().agree(ours.privateKey(), marked))
        .isEqualTo(suite.x25519().agree(ours.privateKey(), theirs));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void refusesKeysOfAnotherLength(int length) {
    byte[] good = suite.x25519().generate().publicKey();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> suite.x25519().agree(new byte[length], good));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> suite.x25519().agree(good, new byte[length]));
  }

  @Test
  void everySuiteAgreesWithEveryOther() {
    Random random = new Random(7748);
    byte[] privateKey = new byte[32];
    byte[] point = new byte[32];
    for (int i = 0; i < 100; i++) {
      random.nextBytes(privateKey);
      random.nextBytes(point);
      if (i % 10 == 0) {
        // Near the field's prime, where reductions go wrong.
        Arrays.fill(point, (byte) 0xff);
        point[0] = (byte) random.nextInt();
        point[31] = 0x7f;
      }
      assertThat(suite.x25519().agree(privateKey, point))
          .as("round %d of seed 7748", i)
          .isEqualTo(CryptoSuite.portable().x25519().agree(privateKey, point));
    }
  }

  @Test
  void makesAnotherPairEachTime() {
    X25519KeyPair one = suite.x25519().generate();
    X25519KeyPair other = suite.x25519().generate();

    assertThat(one.privateKey()).isNotEqualTo(other.privateKey());
    assertThat(suite.x25519().publicKey(one.privateKey())).isEqualTo(one.publicKey());
  }

  @Test
  void aPairDoesNotPrintItsSecret() {
    X25519KeyPair pair = suite.x25519().generate();

    assertThat(pair.toString())
        .contains(HexFormat.of().formatHex(pair.publicKey()))
        .doesNotContain(HexFormat.of().formatHex(pair.privateKey()));
  }
}
