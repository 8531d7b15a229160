package io.kadenza.kad.record.ipns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpnsDataTest {
  /// {"TTL": 1, "Value": h'61', "Sequence": 0, "Validity": h'62', "ValidityType": 0}, piece by
  /// piece.
  private static final String TTL = "6354544c";

  private static final String VALUE = "6556616c7565" + "4161";
  private static final String SEQUENCE = "6853657175656e6365";
  private static final String VALIDITY = "6856616c6964697479" + "4162";
  private static final String TYPE = "6c56616c696469747954797065";
  private static final String PLAIN =
      "a5" + TTL + "01" + VALUE + SEQUENCE + "00" + VALIDITY + TYPE + "00";

  private static IpnsData read(String hex) {
    return IpnsData.read(Bytes.fromHex(hex));
  }

  /// The plain document with one more field, whose key sorts first.
  private static String with(String value) {
    return "a6" + "615f" + value + PLAIN.substring(2);
  }

  @Test
  void whatIsWrittenIsRead() {
    var plain = new IpnsData(Bytes.utf8("a"), Bytes.utf8("b"), 0, 0, 1);
    assertThat(plain.write().toHex()).isEqualTo(PLAIN);
    assertThat(read(PLAIN)).isEqualTo(plain);
    for (long number : new long[] {23, 24, 255, 256, 65_535, 65_536, 1L << 32, -1}) {
      var data = new IpnsData(Bytes.wrap(new byte[300]), Bytes.EMPTY, 0, number, number);
      assertThat(IpnsData.read(data.write())).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "1bffffffffffffffff",
        "20",
        "3863",
        "18ff",
        "190100",
        "1a00010000",
        "1b0000000100000000",
        "40",
        "60",
        "62c3a4",
        "80",
        "820120",
        "a0",
        "a1616101",
        "a2616101616202",
        "d82a450001550000",
        "f4",
        "f5",
        "f6",
        "fb3ff0000000000000",
      })
  void otherFieldsAreIgnoredWhateverTheyHold(String value) {
    assertThat(read(with(value))).isEqualTo(read(PLAIN));
  }

  @ParameterizedTest
  @CsvSource({
    "1801, a long spelling of a small number",
    "190018, likewise",
    "1a00000100, likewise",
    "1b0000000000000001, likewise",
    "1900ff, likewise",
    "1a0000ffff, likewise",
    "1b00000000ffffffff, likewise",
    "5f41614162ff, indefinite bytes",
    "9f01ff, an indefinite list",
    "bf616101ff, an indefinite map",
    "c001, a tag that is none of a CID",
    "d82a01, a CID that is not in bytes",
    "d82a40, a CID without a prefix",
    "d82a4401550000, likewise",
    "d82a420001, half a CID",
    "d82a46000155000000, a CID and a byte",
    "f7, undefined",
    "f0, an unassigned simple value",
    "f818, likewise",
    "f93c00, a float of 16 bits",
    "fa3f800000, a float of 32 bits",
    "fb7ff8000000000000, not a number",
    "fb7ff0000000000000, infinity",
    "a2616201616102, keys out of order",
    "a2616101616102, a key twice",
    "a2626161016162 02, keys out of order by length",
    "a10101, a key that is no text",
    "61ff, text that is not UTF-8",
    "5b7fffffffffffffff, bytes without end",
    "5bffffffffffffffff, likewise",
    "9b00000000ffffffff, a list without end",
    "bb00000000ffffffff, a map without end",
    "1c, a reserved length",
    "ff, a break",
  })
  void t34WhatIsNotDagCborIsMalformed(String value, String why) {
    assertThatThrownBy(() -> read(with(value.replace(" ", ""))))
        .as(why)
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void t34ListsMayLieInEachOtherThirtyTwoDeep() {
    assertThat(read(with("81".repeat(32) + "00"))).isEqualTo(read(PLAIN));
    assertThatThrownBy(() -> read(with("81".repeat(33) + "00")))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void t34ABombOfNestedListsIsMalformed() {
    assertThatThrownBy(() -> read(with("81".repeat(4_000) + "00")))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a0",
        "80",
        "a4" + TTL + "01" + SEQUENCE + "00" + VALIDITY + TYPE + "00",
        "a4" + TTL + "01" + VALUE + VALIDITY + TYPE + "00",
        "a4" + TTL + "01" + VALUE + SEQUENCE + "00" + TYPE + "00",
        "a4" + TTL + "01" + VALUE + SEQUENCE + "00" + VALIDITY,
        "a5" + TTL + "20" + VALUE + SEQUENCE + "00" + VALIDITY + TYPE + "00",
        "a5" + TTL + "01" + VALUE + SEQUENCE + "00" + VALIDITY + TYPE + "40",
        PLAIN + "00",
      })
  void t34DocumentsThatLackSomethingOrHaveTooMuchAreMalformed(String hex) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(MalformedException.class);
  }

  @Test
  void aTtlMayBeAbsent() {
    String hex = "a4" + VALUE + SEQUENCE + "00" + VALIDITY + TYPE + "00";
    assertThat(read(hex).ttl()).isZero();
    assertThat(read(hex).value()).isEqualTo(Bytes.utf8("a"));
  }

  @Test
  void everyTruncationIsMalformed() {
    for (int i = 0; i < PLAIN.length(); i += 2) {
      String cut = PLAIN.substring(0, i);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedException.class);
    }
  }
}
