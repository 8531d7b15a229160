package io.kadenza.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.PeerId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyVectorsTest {
  private final byte[] message = "what all implementations sign alike".getBytes(UTF_8);

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void readsAndWritesThePrivateKey(KeyVectors vector) {
    PrivateKey key = vector.parsePrivate();

    assertThat(key.type()).isEqualTo(vector.type());
    assertThat(key.protobuf()).isEqualTo(vector.privateBytes());
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void producesThePublicKeyFromThePrivateOne(KeyVectors vector) {
    assertThat(vector.parsePrivate().publicKey().protobuf().toHex()).isEqualTo(vector.publicKey());
    assertThat(vector.parsePrivate().publicKey()).isEqualTo(vector.parsePublic());
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void readsAndWritesThePublicKey(KeyVectors vector) {
    PublicKey key = vector.parsePublic();

    assertThat(key.type()).isEqualTo(vector.type());
    assertThat(key.protobuf().toHex()).isEqualTo(vector.publicKey());
    assertThat(key.peerId()).isEqualTo(PeerId.ofPublicKey(vector.publicBytes()));
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void verifiesWhatThePrivateKeySigned(KeyVectors vector) {
    byte[] signature = vector.parsePrivate().sign(message);
    PublicKey key = vector.parsePublic();

    assertThat(key.verify(message, signature)).isTrue();
    assertThat(key.verify(new byte[0], signature)).isFalse();
    assertThat(key.verify(message, new byte[0])).isFalse();
    assertThat(key.verify(message, Arrays.copyOf(signature, signature.length + 1))).isFalse();
    assertThat(key.verify(message, Arrays.copyOf(signature, signature.length - 1))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void refusesASignatureWithAnyByteTurned(KeyVectors vector) {
    byte[] signature = vector.parsePrivate().sign(message);
    PublicKey key = vector.parsePublic();
    for (int i = 0; i < signature.length; i += vector.type() == KeyType.RSA ? 16 : 1) {
      byte[] turned = signature.clone();
      turned[i] ^= 0x10;
      assertThat(key.verify(message, turned)).as("byte %d", i).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void anotherKeyOfTheTypeDoesNotVerify(KeyVectors vector) {
    byte[] signature = vector.parsePrivate().sign(message);

    assertThat(Identity.generate(vector.type()).publicKey().verify(message, signature)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void aGeneratedIdentitySurvivesItsEncoding(KeyVectors vector) {
    Identity identity = Identity.generate(vector.type());
    PrivateKey again = PrivateKey.fromProtobuf(identity.privateKey().protobuf());

    assertThat(again.publicKey()).isEqualTo(identity.publicKey());
    assertThat(identity.publicKey().verify(message, again.sign(message))).isTrue();
    assertThat(Identity.of(again).peerId()).isEqualTo(identity.peerId());
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void nothingPrintsASecret(KeyVectors vector) {
    PrivateKey key = vector.parsePrivate();
    Identity identity = Identity.of(key);
    String encoding = HexFormat.of().formatHex(key.protobuf());
    // The end of an RSA key is its coefficient; the other types start with their scalar or seed.
    String secret =
        vector.type() == KeyType.RSA
            ? encoding.substring(encoding.length() - 16)
            : encoding.substring(24, 40);

    assertThat(key + " " + identity + " " + key.publicKey())
        .contains(identity.peerId().toString())
        .doesNotContain(secret);
  }

  @ParameterizedTest
  @CsvSource({"ED25519,true", "SECP256K1,true", "ECDSA,false", "RSA,false"})
  void aPeerIdCarriesAShortKey(KeyType type, boolean carries) {
    PublicKey key = KeyVectors.of(type).parsePublic();

    assertThat(PublicKey.in(key.peerId())).isEqualTo(carries ? Optional.of(key) : Optional.empty());
  }
}
