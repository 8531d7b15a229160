package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarintTest {
  /// The examples of the unsigned-varint specification.
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "127, 7f",
    "128, 8001",
    "255, ff01",
    "300, ac02",
    "16384, 808001",
    "9223372036854775807, ffffffffffffffff7f"
  })
  void valuesHaveTheSpecifiedEncoding(long value, String hex) {
    assertThat(Varint.encode(value)).isEqualTo(Bytes.fromHex(hex).toArray());
    assertThat(Varint.size(value)).isEqualTo(hex.length() / 2);
    assertThat(Varint.read(Bytes.fromHex(hex).asBuffer())).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "80", "ffff", // truncated
        "8000", "808000", "ff00", // not minimal
        "80808080808080808001", "ffffffffffffffffff01",
            "ffffffffffffffffffffff" // more than nine bytes
      })
  void whatIsNotACanonicalVarintIsRefusedByEveryReader(String hex) {
    byte[] bytes = Bytes.fromHex(hex).toArray();

    Refused.by(() -> Varint.read(ByteBuffer.wrap(bytes)));
    Refused.by(() -> Varint.read(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8000", "ff00", "80808080808080808001", "ffffffffffffffffffffff"})
  void theIncrementalDecoderRefusesTheSame(String hex) {
    var decoder = new Varint.Decoder();

    Refused.by(() -> {
      for (byte b : Bytes.fromHex(hex).toArray()) {
        decoder.feed(b);
      }
    });
  }

  @Test
  void negativeValuesHaveNoEncoding() {
    assertThatIllegalArgumentException().isThrownBy(() -> Varint.encode(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Varint.put(new byte[20], 0, Long.MIN_VALUE));
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readersAgreeAndFindTheNextByte(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      long value = random.nextLong() >>> random.nextInt(1, 64);
      byte[] bytes = new byte[Varint.size(value) + 2];
      assertThat(Varint.put(bytes, 1, value)).isEqualTo(bytes.length - 1);

      ByteBuffer buffer = ByteBuffer.wrap(bytes).position(1);
      assertThat(Varint.read(buffer)).isEqualTo(value);
      assertThat(buffer.remaining()).isEqualTo(1);
      assertThat(Varint.read(bytes, 1, bytes.length)).isEqualTo(value);

      var decoder = new Varint.Decoder();
      for (int at = 1; at < bytes.length - 2; at++) {
        assertThat(decoder.feed(bytes[at])).isFalse();
      }
      assertThat(decoder.feed(bytes[bytes.length - 2])).isTrue();
      assertThat(decoder.value()).isEqualTo(value);
      assertThat(decoder.isPartial()).isFalse();
    }
  }
}
