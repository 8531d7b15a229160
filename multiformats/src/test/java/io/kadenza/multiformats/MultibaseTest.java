package io.kadenza.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultibaseTest {
  @ParameterizedTest
  @CsvFileSource(resources = "/io/kadenza/multiformats/multibase-vectors.csv", numLinesToSkip = 1)
  void theSpecifiedVectorsHold(String input, Multibase base, String text) {
    byte[] data = input.replace("0x00", "\0").getBytes(UTF_8);

    assertThat(base.encode(data)).isEqualTo(text);
    assertThat(Multibase.decodeAny(text)).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f68656c6c6f20776F726C64",
        "F68656c6c6f20776F726C64",
        "bnbswy3dpeB3W64TMMQ",
        "Bnbswy3dpeB3W64TMMQ",
        "vd1imor3f41RMUSJCCG",
        "Vd1imor3f41RMUSJCCG",
        "cnbswy3dpeB3W64TMMQ======",
        "Cnbswy3dpeB3W64TMMQ======",
        "td1imor3f41RMUSJCCG======",
        "Td1imor3f41RMUSJCCG======",
        "kfUvrsIvVnfRbjWaJo",
        "KfUVrSIVVnFRbJWAJo"
      })
  void singleCaseAlphabetsReadEitherCase(String text) {
    assertThat(Multibase.decodeAny(text)).asString(UTF_8).isEqualTo("hello world");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "\0abc",
        "é", // no base we know
        "f0",
        "f0g",
        "fé0", // half a byte, outside the alphabet
        "bm",
        "bmz",
        "bmy=", // superfluous character, stray bits, padding where none belongs
        "cmy",
        "cmy=====",
        "cmy=======",
        "c=", // padding missing or wrong
        "MYQ",
        "MYQ=",
        "MYR==",
        "mYQ==",
        "mY",
        "m+_",
        "u+/",
        "700",
        "00000000",
        "z0",
        "zIl"
      })
  void otherTextIsRefused(String text) {
    Refused.by(() -> Multibase.decodeAny(text));
  }

  @ParameterizedTest
  @EnumSource
  void aPrefixAloneIsNothing(Multibase base) {
    assertThat(base.encode(new byte[0])).isEqualTo(String.valueOf(base.prefix()));
    assertThat(Multibase.decodeAny(String.valueOf(base.prefix()))).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyBaseReadsWhatItWrote(long seed) {
    byte[] data = new Samples(seed).bytes(0, 100);
    // Leading zeros are the hard part of positional notation.
    for (int i = 0; i < Math.min(seed % 4, data.length); i++) {
      data[i] = 0;
    }
    for (Multibase base : Multibase.values()) {
      assertThat(base.decode(base.encode(data))).as("%s", base).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @EnumSource
  void textBeyondTheBoundIsRefusedWithoutConversion(Multibase base) {
    String text = base.prefix() + "2".repeat(BitGroups.MAX_CHARS + 16);

    Refused.by(() -> Multibase.decodeAny(text)).withMessageContaining("at most");
  }

  @Test
  void theLongestBase58IsReadBack() {
    byte[] data = new byte[2990];
    Arrays.fill(data, (byte) 0xff);
    String text = Base58.encode(data);

    assertThat(text).hasSizeLessThanOrEqualTo(Base58.MAX_CHARS).hasSizeGreaterThan(4080);
    assertThat(Base58.decode(text)).isEqualTo(data);
    assertThatIllegalArgumentException().isThrownBy(() -> Base58.encode(new byte[4097]));
  }

  @Test
  void theMessageNamesTheOffendingCharacter() {
    Refused.by(() -> Base58.decode("12D3Koo0")).withMessageContaining("\"0\" at position 7");
  }
}
