package io.kadenza.crypto.primitive;

import static io.kadenza.crypto.primitive.Suites.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.kadenza.crypto.primitive.Suites#all")
class Ed25519Test {
  /// Seed, public key, message and signature of RFC 8032, section 7.1.
  private static final List<List<String>> RFC_8032 =
      List.of(
          List.of(
              "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
              "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
              "",
              "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                  + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
          List.of(
              "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
              "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
              "72",
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
                  + "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
          List.of(
              "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
              "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
              "af82",
              "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
                  + "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));

  private static final BigInteger GROUP_ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /// All encodings of the eight points of small order, reduced or not.
  private static final List<String> SMALL_ORDER =
      List.of(
          "0100000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000080",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0000000000000000000000000000000000000000000000000000000000000080",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

  private final byte[] message =
      "a lookup is a walk towards a key".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  @Parameter CryptoSuite suite;

  @Test
  void computesTheVectorsOfRfc8032() {
    for (List<String> vector : RFC_8032) {
      var signer = suite.ed25519().signer(hex(vector.get(0)));

      assertThat(signer.publicKey()).isEqualTo(hex(vector.get(1)));
      assertThat(signer.sign(hex(vector.get(2)))).isEqualTo(hex(vector.get(3)));
      assertThat(suite.ed25519().verify(hex(vector.get(1)), hex(vector.get(2)), hex(vector.get(3))))
          .isTrue();
    }
  }

  @Test
  void refusesASignatureWithAnyBitTurned() {
    var signer = suite.ed25519().signer(seed(1));
    byte[] signature = signer.sign(message);
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] turned = signature.clone();
      turned[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(verify(signer.publicKey(), turned)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void refusesAScalarThatIsNotReduced() {
    var signer = suite.ed25519().signer(seed(2));
    byte[] signature = signer.sign(message);
    BigInteger s = littleEndian(signature, 32);
    for (int times = 1; times <= 15; times++) {
      byte[] other = signature.clone();
      putLittleEndian(other, 32, s.add(GROUP_ORDER.multiply(BigInteger.valueOf(times))));

      assertThat(verify(signer.publicKey(), other)).as("S + %d L", times).isFalse();
    }
  }

  @Test
  void refusesKeysOfSmallOrderUnderWhichOneSignatureFitsEveryMessage() {
    // With A of order one or two and S = 0, the equation holds whenever R is the identity.
    byte[] signature = new byte[64];
    signature[0] = 1;
    for (String key : SMALL_ORDER) {
      assertThat(verify(hex(key), signature)).as(key).isFalse();
      assertThat(verify(hex(key), new byte[64])).as(key).isFalse();
    }
  }

  @Test
  void refusesCoordinatesThatAreNotReducedAndPointsOffTheCurve() {
    byte[] signature = suite.ed25519().signer(seed(3)).sign(message);
    for (int y = 0; y < 19; y++) {
      byte[] key = new byte[32];
      Arrays.fill(key, (byte) 0xff);
      key[0] = (byte) (0xed + y);
      assertThat(verify(key, signature)).isFalse();
    }
    byte[] offCurve = new byte[32];
    offCurve[0] = 2;
    assertThat(verify(offCurve, signature)).isFalse();
  }

  @Test
  void refusesKeysAndSignaturesOfAnotherLength() {
    var signer = suite.ed25519().signer(seed(4));
    byte[] signature = signer.sign(message);
    for (int length : new int[] {0, 1, 32, 63, 65, 128}) {
      assertThat(verify(signer.publicKey(), Arrays.copyOf(signature, length))).isFalse();
    }
    for (int length : new int[] {0, 31, 33}) {
      assertThat(verify(Arrays.copyOf(signer.publicKey(), length), signature)).isFalse();
    }
    assertThatIllegalArgumentException().isThrownBy(() -> suite.ed25519().signer(new byte[31]));
  }

  @Test
  void refusesNoughtAndTheIdentityAsSignature() {
    byte[] key = suite.ed25519().signer(seed(5)).publicKey();
    byte[] identity = new byte[64];
    identity[0] = 1;

    assertThat(verify(key, new byte[64])).isFalse();
    assertThat(verify(key, identity)).isFalse();
  }

  @Test
  void everySuiteSignsAndVerifiesLikeEveryOther() {
    Random random = new Random(8032);
    for (int i = 0; i < 50; i++) {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      byte[] text = new byte[random.nextInt(300)];
      random.nextBytes(text);
      var signer = suite.ed25519().signer(seed);
      var other = CryptoSuite.portable().ed25519().signer(seed);

      assertThat(signer.sign(text)).as("round %d of seed 8032", i).isEqualTo(other.sign(text));
      assertThat(suite.ed25519().verify(other.publicKey(), text, other.sign(text))).isTrue();
    }
  }

  private boolean verify(byte[] key, byte[] signature) {
    return suite.ed25519().verify(key, message, signature);
  }

  private static byte[] seed(int fill) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) fill);
    return seed;
  }

  private static BigInteger littleEndian(byte[] in, int from) {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = in[from + 31 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  private static void putLittleEndian(byte[] out, int from, BigInteger value) {
    for (int i = 0; i < 32; i++) {
      out[from + i] = value.shiftRight(8 * i).byteValue();
    }
  }
}
