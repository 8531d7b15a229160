package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHashTest {
  /// From the reference implementation's vectors: the seed is the bytes 0 to 15, the input the
  /// first so many bytes of 0, 1, 2 ….
  @ParameterizedTest
  @CsvSource({
    "0, a3817f04ba25a8e66df67214c7550293",
    "1, da87c1d86b99af44347659119b22fc45",
    "7, a1f1ebbed8dbc153c0b84aa61ff08239",
    "15, 5493e99933b0a8117e08ec0f97cfc3d9",
  })
  void itIsSipHash(int size, String expected) {
    byte[] input = new byte[size];
    for (int i = 0; i < size; i++) {
      input[i] = (byte) i;
    }
    var hash = new KeyHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L).of(Bytes.of(input));
    String actual =
        String.format("%016x%016x", Long.reverseBytes(hash.low()), Long.reverseBytes(hash.high()));
    assertThat(actual).isEqualTo(expected);
  }
}
