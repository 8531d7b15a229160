package io.kadenza.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.multiformats.MalformedException;
import java.util.Arrays;

/// Keys in arbitrary bytes: they are refused in one way, or read to what they encode to.
class KeyFuzzTest {
  @FuzzTest
  void publicKeys(byte[] input) {
    PublicKey key;
    try {
      key = PublicKey.fromProtobuf(input);
    } catch (MalformedException e) {
      return;
    }
    assertThat(PublicKey.fromProtobuf(key.protobuf())).isEqualTo(key);
    // The one type with two spellings of a point.
    if (key.type() != KeyType.SECP256K1) {
      assertThat(key.protobuf().toArray()).isEqualTo(input);
    }
    assertThat(key.verify(input, Arrays.copyOf(input, 64))).isFalse();
    assertThat(key.verify(input, input)).isFalse();
  }

  @FuzzTest
  void privateKeys(byte[] input) {
    PrivateKey key;
    try {
      key = PrivateKey.fromProtobuf(input);
    } catch (MalformedException e) {
      return;
    }
    assertThat(PrivateKey.fromProtobuf(key.protobuf()).publicKey()).isEqualTo(key.publicKey());
    assertThat(key.publicKey().verify(input, key.sign(input))).isTrue();
  }
}
