package io.kadenza.crypto.primitive;

import static io.kadenza.crypto.primitive.Suites.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Sha256Test {
  @Test
  void digestsTheVectorOfFips180() {
    assertThat(Sha256.digest("abc".getBytes(UTF_8)))
        .isEqualTo(hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  }

  @Test
  void digestsPartsAsOneMessage() {
    assertThat(Sha256.digest("a".getBytes(UTF_8), new byte[0], "bc".getBytes(UTF_8)))
        .isEqualTo(Sha256.digest("abc".getBytes(UTF_8)));
  }

  @Test
  void authenticatesTheVectorOfRfc4231() {
    byte[] key = "Jefe".getBytes(UTF_8);
    assertThat(Sha256.hmac(key, "what do ya want ".getBytes(UTF_8), "for nothing?".getBytes(UTF_8)))
        .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  }

  @Test
  void derivesTheKeysOfRfc5869WithoutSaltAndInfo() {
    byte[] input = new byte[22];
    Arrays.fill(input, (byte) 0x0b);

    byte[][] keys = Sha256.hkdf(new byte[0], input, 2);

    assertThat(keys[0])
        .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"));
    assertThat(Arrays.copyOf(keys[1], 10)).isEqualTo(hex("9d201395faa4b61a96c8"));
  }

  @Test
  void aThirdKeyLeavesTheFirstTwoAsTheyAre() {
    byte[] chainingKey = Sha256.digest(new byte[1]);

    byte[][] two = Sha256.hkdf(chainingKey, new byte[32], 2);
    byte[][] three = Sha256.hkdf(chainingKey, new byte[32], 3);

    assertThat(three[0]).isEqualTo(two[0]);
    assertThat(three[1]).isEqualTo(two[1]);
    assertThat(three).hasNumberOfRows(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sha256.hkdf(chainingKey, new byte[32], 4));
  }
}
