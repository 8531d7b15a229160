package io.kadenza.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EcdsaSignatureTest {
  private static final Map<KeyType, BigInteger> ORDER =
      Map.of(
          KeyType.SECP256K1,
          new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16),
          KeyType.ECDSA,
          new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16));

  private final byte[] message = "r and s".getBytes(UTF_8);

  /// RFC 6979, A.2.5, message "sample" with SHA-256.
  @Test
  void signsOnP256AsRfc6979() {
    var scalar =
        new BigInteger("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16);

    EcdsaSignature signature = EcCurve.P256.sign(scalar, "sample".getBytes(UTF_8));

    assertThat(signature.r())
        .isEqualTo(
            new BigInteger("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716", 16));
    assertThat(signature.s())
        .isEqualTo(
            new BigInteger("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8", 16));
  }

  @Test
  void signsOnSecp256k1WithTheLowerHalfOfS() {
    PrivateKey key = KeyVectors.of(KeyType.SECP256K1).parsePrivate();
    BigInteger half = ORDER.get(KeyType.SECP256K1).shiftRight(1);
    for (int i = 0; i < 40; i++) {
      EcdsaSignature signature = EcdsaSignature.parse(key.sign(new byte[] {(byte) i}));
      assertThat(signature.s()).isLessThanOrEqualTo(half);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"SECP256K1", "ECDSA"})
  void verifiesEitherHalfOfSAsGoDoes(KeyType type) {
    PrivateKey key = KeyVectors.of(type).parsePrivate();
    EcdsaSignature signature = EcdsaSignature.parse(key.sign(message));
    var mirrored = new EcdsaSignature(signature.r(), ORDER.get(type).subtract(signature.s()));

    assertThat(key.publicKey().verify(message, mirrored.der())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"SECP256K1", "ECDSA"})
  void refusesNumbersOutOfRange(KeyType type) {
    PrivateKey key = KeyVectors.of(type).parsePrivate();
    EcdsaSignature good = EcdsaSignature.parse(key.sign(message));
    BigInteger n = ORDER.get(type);
    BigInteger[] outside = {
      BigInteger.ZERO, n, n.add(BigInteger.ONE), BigInteger.TWO.pow(256).subtract(BigInteger.ONE)
    };
    for (BigInteger a : outside) {
      for (BigInteger b : outside) {
        assertThat(verify(key, a, b)).isFalse();
      }
      assertThat(verify(key, good.r(), a)).isFalse();
      assertThat(verify(key, a, good.s())).isFalse();
    }
    assertThat(verify(key, BigInteger.ONE, BigInteger.ONE)).isFalse();
    assertThat(verify(key, good.r().add(n), good.s())).isFalse();
    assertThat(verify(key, good.r(), good.s().add(n))).isFalse();
    assertThat(verify(key, good.s(), good.r())).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"SECP256K1", "ECDSA"})
  void refusesEveryOtherSpellingOfTheSameSignature(KeyType type) {
    PrivateKey key = KeyVectors.of(type).parsePrivate();
    EcdsaSignature good = EcdsaSignature.parse(key.sign(message));
    String r = hex(DerWriter.integer(good.r()));
    String s = hex(DerWriter.integer(good.s()));
    int length = (r.length() + s.length()) / 2;
    assertThat(verify(key, "30%02x%s%s".formatted(length, r, s))).isTrue();

    String[] spellings = {
      "3080%s%s0000".formatted(r, s), // indefinite length
      "3081%02x%s%s".formatted(length, r, s), // long form of a short length
      "308200%02x%s%s".formatted(length, r, s),
      "30%02x%s%s00".formatted(length, r, s), // after the sequence
      "30%02x%s%s00".formatted(length + 1, r, s), // in the sequence
      "30%02x%s%s0500".formatted(length + 2, r, s),
      "30%02x%s".formatted(r.length() / 2, r), // one integer only
      "31%02x%s%s".formatted(length, r, s), // a set
      "30%02x%s%s".formatted(length - 1, r, s),
      "30%02x0200%s".formatted(s.length() / 2 + 2, s), // an empty integer
      "30%02x%s%s".formatted(length + 1, padded(r), s),
      "30%02x%s%s".formatted(length + 1, r, padded(s)),
      "30%02x%s%s".formatted(length, "03" + r.substring(2), s), // a bit string
      "3000",
      "30",
      "",
      hex(new byte[200]),
    };
    for (String spelling : spellings) {
      assertThat(verify(key, spelling)).as(spelling).isFalse();
    }
  }

  @Test
  void refusesNegativeNumbers() {
    PrivateKey key = KeyVectors.of(KeyType.ECDSA).parsePrivate();
    assertThat(verify(key, "30060201ff020101")).isFalse();
    assertThat(verify(key, BigInteger.ONE.negate(), BigInteger.ONE)).isFalse();
  }

  private boolean verify(PrivateKey key, BigInteger r, BigInteger s) {
    return key.publicKey().verify(message, new EcdsaSignature(r, s).der());
  }

  private boolean verify(PrivateKey key, String hex) {
    return key.publicKey().verify(message, HexFormat.of().parseHex(hex));
  }

  private static String padded(String integer) {
    int length = Integer.parseInt(integer.substring(2, 4), 16);
    return "02%02x00%s".formatted(length + 1, integer.substring(4));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
