package io.kadenza.multiformats.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoTest {
  @Test
  void fieldsHaveTheEncodingOfProtobufsManual() {
    assertThat(new ProtoWriter().varint(1, 150).toBytes()).isEqualTo(Bytes.fromHex("089601"));
    assertThat(new ProtoWriter().utf8(2, "testing").toBytes())
        .isEqualTo(Bytes.fromHex("120774657374696e67"));
    assertThat(new ProtoWriter().message(3, m -> m.varint(1, 150)).toBytes())
        .isEqualTo(Bytes.fromHex("1a03089601"));
    assertThat(new ProtoWriter().varint(1, -2).toBytes())
        .isEqualTo(Bytes.fromHex("08feffffffffffffffff01"));
    assertThat(new ProtoWriter().fixed32(5, 1).fixed64(6, -1).bool(16, true).toBytes())
        .isEqualTo(Bytes.fromHex("2d0100000031ffffffffffffffff800101"));
  }

  @Test
  void everyKindOfFieldReadsBack() {
    byte[] message =
        new ProtoWriter(1)
            .varint(1, -1)
            .varint(2, Integer.MIN_VALUE)
            .bool(3, true)
            .fixed32(4, -7)
            .fixed64(5, Long.MIN_VALUE)
            .bytes(6, new byte[] {1, 2})
            .bytes(7, Bytes.fromHex("0304"))
            .utf8(8, "zürich 🦊")
            .message(9, inner -> inner.varint(1, 5))
            .message((1 << 29) - 1, new ProtoWriter().varint(1, 6))
            .toByteArray();

    var in = new ProtoReader(message);
    assertThat(at(in, 1, ProtoReader.VARINT).varint()).isEqualTo(-1);
    assertThat(at(in, 2, ProtoReader.VARINT).int32()).isEqualTo(Integer.MIN_VALUE);
    assertThat(at(in, 3, ProtoReader.VARINT).bool()).isTrue();
    assertThat(at(in, 4, ProtoReader.FIXED32).fixed32()).isEqualTo(-7);
    assertThat(at(in, 5, ProtoReader.FIXED64).fixed64()).isEqualTo(Long.MIN_VALUE);
    assertThat(at(in, 6, ProtoReader.LENGTH_DELIMITED).bytes(2)).containsExactly(1, 2);
    assertThat(at(in, 7, ProtoReader.LENGTH_DELIMITED).slice(2).get(1)).isEqualTo((byte) 4);
    assertThat(at(in, 8, ProtoReader.LENGTH_DELIMITED).utf8(100)).isEqualTo("zürich 🦊");
    assertThat(at(at(in, 9, ProtoReader.LENGTH_DELIMITED).message(9), 1, 0).varint()).isEqualTo(5);
    assertThat(at(in, (1 << 29) - 1, ProtoReader.LENGTH_DELIMITED).value(9))
        .isEqualTo(Bytes.fromHex("0806"));
    assertThat(in.next()).isFalse();
  }

  private static ProtoReader at(ProtoReader in, int field, int wireType) {
    assertThat(in.next()).isTrue();
    assertThat(in.field()).isEqualTo(field);
    assertThat(in.wireType()).isEqualTo(wireType);
    return in;
  }

  @Test
  void unreadFieldsAreSkipped() {
    byte[] message =
        new ProtoWriter()
            .varint(1, 1)
            .fixed32(2, 2)
            .fixed64(3, 3)
            .utf8(4, "x")
            .varint(5, 5)
            .toByteArray();
    var in = new ProtoReader(message);
    for (int field = 1; field <= 4; field++) {
      assertThat(in.next()).isTrue();
    }
    in.skip();

    assertThat(at(in, 5, 0).varint()).isEqualTo(5);
  }

  @Test
  void aReaderStaysWithinItsPartOfTheArray() {
    byte[] array =
        new ProtoWriter()
            .raw(new byte[] {9, 9}, 0, 2)
            .varint(1, 7)
            .raw(new byte[] {8, 1}, 0, 2)
            .toByteArray();
    var in = new ProtoReader(array, 2, 2);

    assertThat(at(in, 1, 0).varint()).isEqualTo(7);
    assertThat(in.next()).isFalse();
  }

  @Test
  void whatIsLeftIsSeenWithoutBeingRead() {
    byte[] message = new ProtoWriter().fixed64(1, 0x0102030405060708L).bool(2, true).toByteArray();
    byte[] padded = new byte[message.length + 2];
    System.arraycopy(message, 0, padded, 1, message.length);
    var in = new ProtoReader(padded, 1, message.length);

    assertThat(in.left()).isEqualTo(message.length);
    assertThat(in.peek(1)).isEqualTo(0x0102030405060708L);
    assertThat(in.hasLeft(message)).isTrue();
    assertThat(in.hasLeft(padded)).isFalse();
    assertThat(in.copyOfLeft()).isEqualTo(message);
    assertThat(in.next()).isTrue();
    assertThat(in.fixed64()).isEqualTo(0x0102030405060708L);
    assertThat(in.left()).isEqualTo(2);
    assertThat(in.hasLeft(message)).isFalse();
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> in.peek(0));
  }

  @Test
  void ofASingularFieldTheCallerSeesEveryOccurrenceInOrder() {
    var in = new ProtoReader(new ProtoWriter().varint(1, 1).varint(1, 2).toByteArray());
    long last = 0;
    while (in.next()) {
      last = in.varint();
    }

    assertThat(last).isEqualTo(2);
  }

  @Test
  void paddedVarintsAreRead() {
    var in = new ProtoReader(Bytes.fromHex("8800828000" + "8a808000818000" + "61").toArray());

    assertThat(at(in, 1, 0).varint()).isEqualTo(2);
    assertThat(at(in, 1, 2).utf8(1)).isEqualTo("a");
  }

  @Test
  void misuseIsToldFromMalformedInput() {
    var in = new ProtoReader(Bytes.fromHex("0801").toArray());

    assertThatIllegalStateException().isThrownBy(in::varint);
    assertThat(in.next()).isTrue();
    assertThat(in.varint()).isEqualTo(1);
    assertThatIllegalStateException().isThrownBy(in::varint);
    assertThatIllegalArgumentException().isThrownBy(() -> new ProtoWriter().varint(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ProtoWriter().varint(1 << 29, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 100_000})
  void nestedMessagesOfEveryLengthGetAMinimalPrefix(int length) {
    byte[] body = new byte[length];
    byte[] expected = new ProtoWriter().varint(9, 9).bytes(1, body).varint(2, 2).toByteArray();

    byte[] nested =
        new ProtoWriter(0)
            .varint(9, 9)
            .message(1, m -> m.raw(body, 0, length))
            .varint(2, 2)
            .toByteArray();

    assertThat(nested).isEqualTo(expected);
  }

  @Test
  void aWriterIsReusedAfterReset() {
    var out = new ProtoWriter().utf8(1, "before");
    out.reset().varint(1, 1);

    assertThat(out.size()).isEqualTo(2);
    assertThat(out.toByteArray()).containsExactly(8, 1);
    assertThat(new ProtoWriter().raw(out.toBytes()).raw(out.toByteArray(), 1, 1).toByteArray())
        .containsExactly(8, 1, 1);
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void randomMessagesReadBack(long seed) {
    var random = new Random(seed);
    var expected = new ArrayList<String>();
    var out = new ProtoWriter(random.nextInt(8));
    write(out, random, 3, expected);

    var actual = new ArrayList<String>();
    read(new ProtoReader(out.toByteArray()), actual);

    assertThat(actual).isEqualTo(expected);
  }

  /// Field numbers tell the kind: 3n are messages, 3n+1 numbers, 3n+2 text.
  private static void write(ProtoWriter out, Random random, int depth, List<String> log) {
    int fields = random.nextInt(6);
    for (int i = 0; i < fields; i++) {
      int base = 3 * (1 + random.nextInt(1 << random.nextInt(1, 27)));
      switch (depth == 0 ? 1 + random.nextInt(2) : random.nextInt(3)) {
        case 0 -> {
          log.add(base + "{");
          out.message(base, inner -> write(inner, random, depth - 1, log));
          log.add("}");
        }
        case 1 -> {
          long value = random.nextLong() >>> random.nextInt(64);
          log.add(base + 1 + "=" + value);
          out.varint(base + 1, value);
        }
        default -> {
          String text = "é".repeat(random.nextInt(200));
          log.add(base + 2 + "=" + text);
          out.bytes(base + 2, text.getBytes(UTF_8));
        }
      }
    }
  }

  private static void read(ProtoReader in, List<String> log) {
    while (in.next()) {
      switch (in.field() % 3) {
        case 0 -> {
          log.add(in.field() + "{");
          read(in.message(Integer.MAX_VALUE), log);
          log.add("}");
        }
        case 1 -> log.add(in.field() + "=" + in.varint());
        default -> log.add(in.field() + "=" + in.utf8(400));
      }
    }
  }
}
