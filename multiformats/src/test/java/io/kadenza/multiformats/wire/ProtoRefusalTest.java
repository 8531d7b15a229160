package io.kadenza.multiformats.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Allocation;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Refused;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Threat T3: malformed messages end in a [io.kadenza.multiformats.MalformedException], and no
/// message costs more memory than it has bytes.
class ProtoRefusalTest {
  private static final int ALLOWANCE = 4 * 1024;

  private static void readAll(byte[] message) {
    var in = new ProtoReader(message);
    while (in.next()) {
      in.skip();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "01",
        "07",
        "80808080807f",
        "ffffffffffffffffff01", // field 0, tags beyond 32 bits
        "08",
        "0880",
        "08ffffffffffffffffffff01",
        "08ffffffffffffffffff02", // varint cut, 11 bytes, beyond 64 bits
        "09",
        "0901020304050607",
        "0d010203", // fixed values cut
        "0a",
        "0a01",
        "0a0201", // length without its bytes
        "0affffffff07",
        "0affffffff0f",
        "0affffffffffffffff7f",
        "0affffffffffffffffff01", // 2^31-1, 2^32-1, 2^63-1, -1
        "0b",
        "0b0c",
        "0c",
        "0e",
        "0f",
        "7b0801" // groups and wire types that do not exist
      })
  void malformedMessagesAreRefused(String hex) {
    Refused.by(() -> readAll(Bytes.fromHex(hex).toArray()));
  }

  @Test
  void aLengthThatOverflowsTogetherWithTheOffsetIsRefused() {
    byte[] message = Bytes.fromHex("080108010801" + "0affffffff07" + "00").toArray();

    Refused.by(() -> readAll(message));
    Refused.by(() -> readAll(Arrays.copyOf(message, 1000)));
  }

  @Test
  void aValueBeyondTheCallersBoundIsRefusedBeforeItIsCopied() {
    byte[] message = new ProtoWriter().bytes(1, new byte[1 << 20]).toByteArray();

    long allocated =
        Allocation.of(() -> {
          var in = new ProtoReader(message);
          in.next();
          Refused.by(() -> in.bytes((1 << 20) - 1)).withMessageContaining("at most");
        });

    assertThat(allocated).isLessThan(100_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08ffffffff08", "088080808008", "08ffffffff0f"})
  void aNumberBeyond32BitsIsNoInt32(String hex) {
    var in = new ProtoReader(Bytes.fromHex(hex).toArray());
    in.next();

    Refused.by(in::int32);
  }

  @Test
  void aFieldOfAnotherTypeIsRefused() {
    byte[] number = new ProtoWriter().varint(1, 1).toByteArray();
    byte[] text = new ProtoWriter().utf8(1, "x").toByteArray();

    for (byte[] message : new byte[][] {number, text}) {
      boolean isText = message == text;
      var in = new ProtoReader(message);
      in.next();
      if (isText) {
        Refused.by(in::varint).withMessageContaining("field 1 has wire type 2, expected 0");
        Refused.by(in::bool);
      } else {
        Refused.by(() -> in.bytes(9)).withMessageContaining("field 1 has wire type 0, expected 2");
        Refused.by(() -> in.utf8(9));
        Refused.by(() -> in.message(9));
      }
      Refused.by(in::fixed32);
      Refused.by(in::fixed64);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0a01ff", "0a02c0af", "0a03eda080", "0a02e282"})
  void illFormedUtf8IsRefused(String hex) {
    var in = new ProtoReader(Bytes.fromHex(hex).toArray());
    in.next();

    Refused.by(() -> in.utf8(100));
  }

  @Test
  void aMillionUnknownFieldsCostNoMemory() {
    byte[] message = new byte[2_000_000];
    for (int i = 0; i < message.length; i += 2) {
      message[i] = 0x78; // field 15, varint 0
    }

    assertThat(Allocation.of(() -> readAll(message))).isLessThan(ALLOWANCE);
  }

  @Test
  void aMillionUnknownMessagesCostNoMemory() {
    byte[] message = new byte[2_000_000];
    for (int i = 0; i < message.length; i += 2) {
      message[i] = 0x7a; // field 15, length 0
    }

    assertThat(Allocation.of(() -> readAll(message))).isLessThan(ALLOWANCE);
  }

  @Test
  void aHundredThousandNestedGroupsAreRefusedAtTheFirst() {
    byte[] message = new byte[200_000];
    Arrays.fill(message, 0, 100_000, (byte) 0x0b);
    Arrays.fill(message, 100_000, 200_000, (byte) 0x0c);

    Refused.by(() -> readAll(message)).withMessageContaining("group");
  }

  @Test
  void unknownNestingOfAnyDepthIsSkippedInOneStep() {
    byte[] message = {};
    for (int i = 0; i < 1000; i++) {
      byte[] inner = message;
      message = new ProtoWriter(inner.length + 8).bytes(15, inner).toByteArray();
    }
    byte[] nested = message;

    assertThat(Allocation.of(() -> readAll(nested))).isLessThan(ALLOWANCE);
  }

  @Test
  void readingEveryValueCostsAtMostTwiceTheInput() {
    var out = new ProtoWriter();
    for (int i = 0; i < 1000; i++) {
      out.bytes(1, new byte[100]).utf8(2, "a".repeat(100));
    }
    byte[] message = out.toByteArray();

    long allocated =
        Allocation.of(() -> {
          var in = new ProtoReader(message);
          while (in.next()) {
            if (in.field() == 1) {
              in.bytes(100);
            } else {
              in.utf8(100);
            }
          }
        });

    assertThat(allocated).isLessThan(2L * message.length + ALLOWANCE);
  }
}
