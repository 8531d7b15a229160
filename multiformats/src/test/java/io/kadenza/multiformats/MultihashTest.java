package io.kadenza.multiformats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultihashTest {
  private static final String INPUT = "431fb5d4c9b735ba1a34d0df045118806ae2336f2c";

  /// Of the specification's `test_cases.csv`, whole digests and truncated ones.
  @ParameterizedTest
  @CsvSource({
    "0x11, 1114e861e452cfd84dca9a176258c3d06e020a0c93d8",
    "0x11, 110ae861e452cfd84dca9a17",
    "0x12, 1220ffb31f07aa15348368c90c73a834dbf9f8710365860fa0fd4ddce9ac2782cc17",
    "0x12, 1214ffb31f07aa15348368c90c73a834dbf9f8710365",
    "0x13, 1340abffa1926b038a2f1833092d93859ba2ee56e07a86b158200fc7d4d5d1eaf350b0f0e511ea6f5043a9f4a7c7886f93355652114709d75b2db4c33741124fd4fe",
    "0x13, 1320abffa1926b038a2f1833092d93859ba2ee56e07a86b158200fc7d4d5d1eaf350",
    "0x14, 14409a7a8207a57d03e9c524ae7fd39563bfe1a466a3a0323875eba8b034a1d59c3b7218103543f7777f17ef03dcaf44d12c74dfb83726e7425cf61225e9a54b3b3a"
  })
  void theSpecifiedVectorsHold(String code, String hex) {
    Multihash hash = Multihash.parse(Bytes.fromHex(hex).toArray());

    assertThat(hash.code()).isEqualTo(Long.decode(code));
    assertThat(hash.digest().toHex()).isEqualTo(hex.substring(4));
    assertThat(hash).hasToString(hex);
  }

  @Test
  void sha256HashesItsInput() {
    assertThat(Multihash.sha256(INPUT.getBytes(US_ASCII)))
        .hasToString("1220ffb31f07aa15348368c90c73a834dbf9f8710365860fa0fd4ddce9ac2782cc17");
  }

  @Test
  void identityCarriesItsInput() {
    assertThat(Multihash.identity(new byte[] {1, 2})).hasToString("00020102");
    assertThat(Multihash.identity(new byte[0])).hasToString("0000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "1220",
        "122000",
        "80", // truncated
        "120201",
        "12020102ff", // fewer bytes than announced, and more
        "1221000000000000000000000000000000000000000000000000000000000000000000", // longer than a
        // sha2-256
        "1200", // empty
        "00ffffffffffffffff7f",
        "12ffffffffffffffffff01", // lengths at and beyond the end of the world
        "ffffffffffffffffff0100",
        "808000", // code overflow, code not minimal
        "12802000" // length not minimal
      })
  void otherBytesAreRefused(String hex) {
    Refused.by(() -> Multihash.parse(Bytes.fromHex(hex).toArray()));
  }

  @ParameterizedTest
  @CsvSource({
    "0x11, 20",
    "0x1013, 28",
    "0x17, 28",
    "0x12, 32",
    "0x16, 32",
    "0x20, 48",
    "0x15, 48",
    "0x13, 64",
    "0x14, 64",
    "0xb201, 1",
    "0xb220, 32",
    "0xb240, 64",
    "0xb241, 1",
    "0xb260, 32",
    "0x1e, 128",
    "0x00, 128",
    "0x7fffffffff, 128"
  })
  void noDigestIsLongerThanItsFunctionMakesIt(String code, int full) {
    assertThat(Multihash.of(Long.decode(code), new byte[full]).digest().size()).isEqualTo(full);
    Refused.by(() -> Multihash.of(Long.decode(code), new byte[full + 1]));
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenReadsBack(long seed) {
    Multihash hash = new Samples(seed).multihash();

    assertThat(Multihash.parse(hash.bytes().toArray())).isEqualTo(hash).hasSameHashCodeAs(hash);
  }
}
