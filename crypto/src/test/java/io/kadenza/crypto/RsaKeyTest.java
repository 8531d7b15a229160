package io.kadenza.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.PeerId;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad numbers are refused for their size alone: none of the messages here comes from arithmetic.
class RsaKeyTest {
  private static final BigInteger F4 = BigInteger.valueOf(65537);

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 2047, 8193, 8200})
  void refusesAModulusOutOfBounds(int bits) {
    Refused.by(() -> PublicKey.fromProtobuf(key(odd(bits), F4)))
        .withMessageMatching(
            "RSA key of %d bits.*|.*integer has more than 1024 bytes".formatted(bits));
  }

  @Test
  void refusesAModulusOf65536BitsUnread() {
    Refused.by(() -> PublicKey.fromProtobuf(key(odd(65536), F4)))
        .withMessageContaining("at most 1100");
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 3072, 8192})
  void readsAModulusWithinBounds(int bits) {
    byte[] protobuf = key(odd(bits), F4);

    PublicKey key = PublicKey.fromProtobuf(protobuf);

    assertThat(key.protobuf().toArray()).isEqualTo(protobuf);
    assertThat(key.peerId()).isEqualTo(PeerId.ofPublicKey(protobuf));
    assertThat(key.verify(new byte[1], new byte[bits / 8])).isFalse();
  }

  @Test
  void theLargestKeyFitsTheBound() {
    var exponent = BigInteger.valueOf(Integer.MAX_VALUE);
    assertThat(key(odd(8192), exponent)).hasSizeLessThanOrEqualTo(PublicKey.MAX_BYTES);
  }

  @Test
  void refusesExponentsThatMakeVerifyingTrivialOrEndless() {
    BigInteger n = odd(2048);
    for (BigInteger e :
        new BigInteger[] {
          BigInteger.ZERO,
          BigInteger.ONE,
          BigInteger.TWO,
          BigInteger.valueOf(65536),
          BigInteger.valueOf((1L << 32) + 1),
          BigInteger.ONE.shiftLeft(2048),
          BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE)
        }) {
      Refused.by(() -> PublicKey.fromProtobuf(key(n, e)))
          .withMessageMatching(".*exponent.*|.*integer has more than 4 bytes");
    }
    assertThat(PublicKey.fromProtobuf(key(n, BigInteger.valueOf(3))).type()).isEqualTo(KeyType.RSA);
  }

  @Test
  void refusesAnEvenModulus() {
    Refused.by(() -> PublicKey.fromProtobuf(key(BigInteger.ONE.shiftLeft(2047), F4)))
        .withMessageContaining("even");
  }

  @Test
  void refusesNumbersThatAreNegative() {
    Refused.by(() -> PublicKey.fromProtobuf(key(odd(2048).negate(), F4)));
    Refused.by(() -> PublicKey.fromProtobuf(key(odd(2048), F4.negate())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "300b06092a864886f70d010101", // no parameters
        "300d06092a864886f70d01010a0500", // RSASSA-PSS
        "300f06092a864886f70d01010105020500", // parameters that are no NULL
      })
  void refusesAnotherAlgorithm(String algorithm) {
    byte[] pkcs1 = DerWriter.sequence(DerWriter.integer(odd(2048)), DerWriter.integer(F4));
    byte[] data =
        DerWriter.sequence(HexFormat.of().parseHex(algorithm), DerWriter.bitString(pkcs1));
    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(0, data)));
  }

  @Test
  void refusesOtherSpellingsOfTheSameKey() {
    byte[] data = KeyVectors.data(KeyVectors.of(KeyType.RSA).publicBytes());
    assertThat(PublicKey.fromProtobuf(KeyVectors.protobuf(0, data)).type()).isEqualTo(KeyType.RSA);

    byte[] unusedBits = data.clone();
    unusedBits[4 + 15 + 4] = 1;
    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(0, unusedBits)));

    byte[] trailing = Arrays.copyOf(data, data.length + 2);
    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(0, trailing)));
  }

  @Test
  void refusesSignaturesWithOtherPaddingOrHash() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    var key =
        RsaPublicKey.of(
            ((java.security.interfaces.RSAPublicKey) pair.getPublic()).getModulus(), F4);
    byte[] message = "padding".getBytes(UTF_8);
    for (String algorithm : new String[] {"SHA1withRSA", "SHA512withRSA", "MD5withRSA"}) {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(pair.getPrivate());
      signer.update(message);
      assertThat(key.verify(message, signer.sign())).as(algorithm).isFalse();
    }
    var signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(pair.getPrivate());
    signer.update(message);
    byte[] good = signer.sign();
    assertThat(key.verify(message, good)).isTrue();
    assertThat(key.verify(message, DerWriter.concat(new byte[1], good))).isFalse();
    byte[] plusModulus = new byte[good.length];
    Arrays.fill(plusModulus, (byte) 0xff);
    assertThat(key.verify(message, plusModulus)).isFalse();
  }

  /// Of so many bits, odd, and the same each time.
  private static BigInteger odd(int bits) {
    return new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
  }

  private static byte[] key(BigInteger modulus, BigInteger exponent) {
    byte[] pkcs1 = DerWriter.sequence(DerWriter.integer(modulus), DerWriter.integer(exponent));
    byte[] algorithm = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    byte[] data = DerWriter.sequence(algorithm, DerWriter.bitString(pkcs1));
    return KeyVectors.protobuf(0, data);
  }
}
