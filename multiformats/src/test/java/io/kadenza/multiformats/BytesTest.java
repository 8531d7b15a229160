package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ReadOnlyBufferException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
  @Test
  void aCopyDoesNotSeeLaterChangesOfItsSource() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.of(source);
    source[0] = 9;
    bytes.toArray()[1] = 9;

    assertThat(bytes).isEqualTo(Bytes.fromHex("010203"));
  }

  @Test
  void theOrderIsLexicographicByUnsignedByte() {
    List<Bytes> sorted =
        Stream.of("", "00", "0001", "01", "7f", "80", "ff", "ff00").map(Bytes::fromHex).toList();

    assertThat(sorted.reversed().stream().sorted()).isEqualTo(sorted);
  }

  @Test
  void bytesAreJoinedInOrder() {
    assertThat(Bytes.utf8("ab").concat(Bytes.utf8("c"))).isEqualTo(Bytes.utf8("abc"));
    assertThat(Bytes.EMPTY.concat(Bytes.EMPTY)).isSameAs(Bytes.EMPTY);
  }

  @Test
  void slicesAreValuesOfTheirOwn() {
    Bytes bytes = Bytes.fromHex("00010203");

    assertThat(bytes.slice(1, 3)).isEqualTo(Bytes.fromHex("0102"));
    assertThat(bytes.slice(2, 2)).isSameAs(Bytes.EMPTY);
    Assertions.assertThatIndexOutOfBoundsException().isThrownBy(() -> bytes.slice(1, 5));
  }

  @Test
  void whatBytesBeginAndEndWith() {
    Bytes bytes = Bytes.fromHex("000102");

    assertThat(bytes.startsWith(Bytes.fromHex("0001"))).isTrue();
    assertThat(bytes.startsWith(Bytes.fromHex("01"))).isFalse();
    assertThat(bytes.endsWith(Bytes.fromHex("0102"))).isTrue();
    assertThat(bytes.endsWith(Bytes.fromHex("01"))).isFalse();
    assertThat(bytes.endsWith(bytes)).isTrue();
    assertThat(bytes.endsWith(Bytes.fromHex("ff000102"))).isFalse();
  }

  @Test
  void theBufferViewCannotBeWrittenTo() {
    Assertions.assertThatExceptionOfType(ReadOnlyBufferException.class)
        .isThrownBy(() -> Bytes.fromHex("00").asBuffer().put((byte) 1));
  }

  @Test
  void textSurvivesUtf8() {
    assertThat(Bytes.utf8("kad 🦊 \uFFFD").utf8()).isEqualTo("kad 🦊 \uFFFD");
    assertThat(Bytes.utf8("abc").toHex()).isEqualTo("616263");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c0af", "eda080", "e282", "f8888080"})
  void illFormedUtf8IsRefused(String hex) {
    Refused.by(() -> Bytes.fromHex(hex).utf8());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0g", "0x00", " 00"})
  void whatIsNotHexadecimalIsRefused(String text) {
    Refused.by(() -> Bytes.fromHex(text));
  }

  @Test
  void keysThatCollideUnderPolynomialHashingSpread() {
    // "Aa" and "BB" collide in Arrays.hashCode and so does every mixture of them.
    var hashes = new HashSet<Integer>();
    int keys = 1 << 12;
    for (int i = 0; i < keys; i++) {
      var key = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      hashes.add(Bytes.utf8(key.toString()).hashCode());
    }

    assertThat(hashes).hasSizeGreaterThan(keys - 10);
  }
}
