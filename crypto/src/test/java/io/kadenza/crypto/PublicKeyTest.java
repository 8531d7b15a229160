package io.kadenza.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {
  private static final String ED25519 = KeyVectors.of(KeyType.ED25519).publicKey();
  private static final String RAW = ED25519.substring(8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // empty
        "08", // cut in the type
        "0801", // no data
        "080112", // no length
        "08011220", // no key
        "0800", // a type alone
        "08041220", // unknown type, cut
        "1220%s0801", // data before type
        "1220%s", // no type
        "080112208020%s", // length not followed
        "0801122100%s", // 33 bytes
        "0801121f%s", // one byte left over
        "08011220%s00", // trailing byte
        "08011220%s1a00", // unknown field
        "08011220%s0801", // the type twice
        "0881001220%s", // type not minimal
        "080112a000%s", // length not minimal
        "08041220%s", // type out of range
        "08ff1220%s", // type negative
        "0a0101%s", // wrong wire type
      })
  void refusesWhatIsNotTheOneEncoding(String hex) {
    Refused.by(() -> PublicKey.fromProtobuf(HexFormat.of().parseHex(hex.replace("%s", RAW))));
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void refusesEveryProperPrefixAndEveryLongerEncoding(KeyVectors vector) {
    byte[] key = vector.publicBytes();
    for (int length = 0; length < key.length; length++) {
      byte[] cut = Arrays.copyOf(key, length);
      Refused.by(() -> PublicKey.fromProtobuf(cut));
    }
    Refused.by(() -> PublicKey.fromProtobuf(Arrays.copyOf(key, key.length + 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void refusesEd25519KeysOfAnotherLength(int length) {
    Refused.by(() -> PublicKey.fromProtobuf(KeyVectors.protobuf(1, new byte[length])));
  }

  @Test
  void refusesEncodingsOverTheBoundUnread() {
    Refused.by(() -> PublicKey.fromProtobuf(new byte[PublicKey.MAX_BYTES + 1]))
        .withMessageContaining("at most 1100");
  }

  @Test
  void keysAreEqualWhenTheirEncodingsAre() {
    PublicKey key = PublicKey.fromProtobuf(HexFormat.of().parseHex(ED25519));
    PublicKey same = PublicKey.fromProtobuf(key.protobuf());

    assertThat(key).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(key).isNotEqualTo(Identity.generate(KeyType.ED25519).publicKey());
  }

  @Test
  void namesOfTypesAreReadInAnyCaseAndWrittenInLowerCase() {
    for (KeyType type : KeyType.values()) {
      assertThat(KeyType.parse(type.toString())).isEqualTo(type);
      assertThat(KeyType.parse(type.name())).isEqualTo(type);
    }
    assertThat(KeyType.ED25519).hasToString("ed25519");
    Refused.by(() -> KeyType.parse("ed448")).withMessageContaining("expected ed25519");
  }
}
