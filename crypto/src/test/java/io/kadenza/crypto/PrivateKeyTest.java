package io.kadenza.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyTest {
  private static final byte[] ED25519 =
      KeyVectors.data(KeyVectors.of(KeyType.ED25519).privateBytes());
  private static final byte[] ECDSA = KeyVectors.data(KeyVectors.of(KeyType.ECDSA).privateBytes());
  private static final byte[] RSA = KeyVectors.data(KeyVectors.of(KeyType.RSA).privateBytes());

  @Test
  void readsTheOldEd25519FormThatRepeatsThePublicKey() {
    byte[] publicKey = Arrays.copyOfRange(ED25519, 32, 64);
    byte[] legacy = DerWriter.concat(ED25519, publicKey);

    assertThat(PrivateKey.fromProtobuf(KeyVectors.protobuf(1, legacy)).protobuf())
        .isEqualTo(KeyVectors.of(KeyType.ED25519).privateBytes());
  }

  @Test
  void refusesAnEd25519KeyWhoseHalvesDisagree() {
    byte[] other = ED25519.clone();
    other[40] ^= 1;
    Refused.by(() -> PrivateKey.fromProtobuf(KeyVectors.protobuf(1, other)))
        .withMessageContaining("not the seed's own");

    byte[] legacy = DerWriter.concat(ED25519, Arrays.copyOfRange(other, 32, 64));
    Refused.by(() -> PrivateKey.fromProtobuf(KeyVectors.protobuf(1, legacy)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 63, 65, 95, 97})
  void refusesEd25519KeysOfAnotherLength(int length) {
    Refused.by(() -> PrivateKey.fromProtobuf(KeyVectors.protobuf(1, new byte[length])));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "000000000000000000000000000000000000000000000000000000000000000001",
      })
  void refusesSecp256k1ScalarsOutOfRange(String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    Refused.by(() -> PrivateKey.fromProtobuf(KeyVectors.protobuf(2, data)));
  }

  @Test
  void readsAnEcdsaKeyWithoutItsOptionalParts() {
    byte[] scalar = Arrays.copyOfRange(ECDSA, 7, 39);
    byte[] bare = DerWriter.sequence(new byte[] {2, 1, 1}, DerWriter.octetString(scalar));

    assertThat(PrivateKey.fromProtobuf(KeyVectors.protobuf(3, bare)).protobuf())
        .isEqualTo(KeyVectors.of(KeyType.ECDSA).privateBytes());
  }

  @Test
  void refusesAnEcdsaKeyOfAnotherCurveOrAnotherPoint() {
    byte[] point = ECDSA.clone();
    point[point.length - 1] ^= 1;
    Refused.by(() -> PrivateKey.fromProtobuf(KeyVectors.protobuf(3, point)))
        .withMessageContaining("not the scalar's own");

    byte[] curve = ECDSA.clone();
    curve[50] ^= 1;
    Refused.by(() -> PrivateKey.fromProtobuf(KeyVectors.protobuf(3, curve)));
  }

  @Test
  void refusesAnRsaKeyWithAnyNumberChanged() {
    // The last byte of each of the nine values of the sequence, version included.
    int at = 4;
    while (at < RSA.length) {
      int length = RSA[at + 1] & 0xff;
      int header = 2;
      if (length == 0x82) {
        length = (RSA[at + 2] & 0xff) << 8 | RSA[at + 3] & 0xff;
        header = 4;
      }
      at += header + length;
      byte[] changed = RSA.clone();
      changed[at - 1] ^= 2;
      Refused.by(() -> PrivateKey.fromProtobuf(KeyVectors.protobuf(0, changed)));
    }
    assertThat(at).isEqualTo(RSA.length);
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void refusesEveryProperPrefix(KeyVectors vector) {
    byte[] key = vector.privateBytes();
    for (int length = 0; length < key.length; length += vector.type() == KeyType.RSA ? 7 : 1) {
      byte[] cut = Arrays.copyOf(key, length);
      Refused.by(() -> PrivateKey.fromProtobuf(cut));
    }
    Refused.by(() -> PrivateKey.fromProtobuf(Arrays.copyOf(key, key.length + 1)));
  }

  @Test
  void refusesEncodingsOverTheBoundUnread() {
    Refused.by(() -> PrivateKey.fromProtobuf(new byte[PrivateKey.MAX_BYTES + 1]))
        .withMessageContaining("at most 5000");
  }

  @Test
  void handsOutItsEncodingInAnArrayOfItsOwn() {
    PrivateKey key = KeyVectors.of(KeyType.ED25519).parsePrivate();
    Arrays.fill(key.protobuf(), (byte) 0);

    assertThat(key.protobuf()).isEqualTo(KeyVectors.of(KeyType.ED25519).privateBytes());
  }
}
