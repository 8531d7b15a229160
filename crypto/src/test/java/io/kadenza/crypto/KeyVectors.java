package io.kadenza.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;

/// The key pairs that libp2p/specs publishes, one of each type.
record KeyVectors(KeyType type, String privateKey, String publicKey) {
  static Stream<KeyVectors> all() {
    try (InputStream in = KeyVectors.class.getResourceAsStream("peer-ids.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(" ", 3))
              .map(field -> new KeyVectors(KeyType.parse(field[0]), field[1], field[2]))
              .toList()
              .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KeyVectors of(KeyType type) {
    return all().filter(vector -> vector.type == type).findFirst().orElseThrow();
  }

  byte[] privateBytes() {
    return HexFormat.of().parseHex(privateKey);
  }

  byte[] publicBytes() {
    return HexFormat.of().parseHex(publicKey);
  }

  PrivateKey parsePrivate() {
    return PrivateKey.fromProtobuf(privateBytes());
  }

  PublicKey parsePublic() {
    return PublicKey.fromProtobuf(publicBytes());
  }

  /// The data in the protobuf of a type that a test made up.
  static byte[] protobuf(int type, byte[] data) {
    byte[] out = KeyProtobuf.encode(KeyType.RSA, data);
    out[1] = (byte) type;
    return out;
  }

  /// What is inside a key's protobuf.
  static byte[] data(byte[] protobuf) {
    return Arrays.copyOfRange(protobuf, protobuf[3] < 0 ? 5 : 4, protobuf.length);
  }

  @Override
  public String toString() {
    return type.toString();
  }
}
