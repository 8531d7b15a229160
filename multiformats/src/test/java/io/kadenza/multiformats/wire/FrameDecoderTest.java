package io.kadenza.multiformats.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kadenza.multiformats.Allocation;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Refused;
import io.kadenza.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final int MIB = 1 << 20;
  private static final FrameDecoder.Sink NOWHERE = (buf, off, len) -> {};

  private static FrameDecoder.Sink into(List<Bytes> frames) {
    return (buf, off, len) -> frames.add(Bytes.of(buf, off, len));
  }

  private static void feed(FrameDecoder decoder, String hex, FrameDecoder.Sink sink) {
    byte[] chunk = Bytes.fromHex(hex).toArray();
    decoder.feed(chunk, 0, chunk.length, sink);
  }

  @Test
  void aChunkMayHoldManyFramesAndPartOfTheNext() {
    var frames = new ArrayList<Bytes>();
    var decoder = new FrameDecoder(10);

    feed(decoder, "0161" + "00" + "026263" + "0364", into(frames));
    assertThat(frames).containsExactly(Bytes.utf8("a"), Bytes.EMPTY, Bytes.utf8("bc"));
    assertThat(decoder.isAtBoundary()).isFalse();

    feed(decoder, "6566", into(frames));
    assertThat(frames.getLast()).isEqualTo(Bytes.utf8("def"));
    assertThat(decoder.isAtBoundary()).isTrue();
  }

  @Test
  void aFrameWholeInItsChunkIsNotCopied() {
    var seen = new AtomicReference<byte[]>();
    byte[] chunk = LengthPrefixed.frame(new byte[100]);

    new FrameDecoder(100).feed(chunk, 0, chunk.length, (buf, off, len) -> seen.set(buf));

    assertThat(seen.get()).isSameAs(chunk);
  }

  @Test
  void aMessageIsFramedFromItsWriter() {
    var message = new ProtoWriter().bytes(1, new byte[300]);

    assertThat(LengthPrefixed.frame(message))
        .isEqualTo(LengthPrefixed.frame(message.toByteArray()));
  }

  @ParameterizedTest
  @CsvSource({"0b, at most 10", "8080808008, at most 10", "ffffffffffffffff7f, at most 10"})
  void aLengthBeyondTheBoundIsRefusedBeforeItsBytesCome(String hex, String message) {
    Refused.by(() -> feed(new FrameDecoder(10), hex, NOWHERE)).withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8000", "ffffffffffffffffff01"})
  void aLengthThatIsNoCanonicalVarintIsRefused(String hex) {
    Refused.by(() -> feed(new FrameDecoder(10), hex, NOWHERE));
  }

  @Test
  void afterAMalformedLengthNothingIsReadAnyMore() {
    var frames = new ArrayList<Bytes>();
    var decoder = new FrameDecoder(10);

    Refused.by(() -> feed(decoder, "0161" + "0b" + "0161", into(frames)));
    Refused.by(() -> feed(decoder, "0161", into(frames)));
    assertThat(frames).containsExactly(Bytes.utf8("a"));
  }

  @Test
  void aSinkThatThrowsLeavesTheDecoderAtAFrameBoundary() {
    var decoder = new FrameDecoder(10);
    feed(decoder, "0261", NOWHERE);

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            feed(
                decoder,
                "62",
                (buf, off, len) -> {
                  throw new IllegalArgumentException("from the sink");
                }));
    assertThat(decoder.isAtBoundary()).isTrue();
  }

  /// Threat T4: four mebibytes are announced, and then come byte by byte.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 8192, 8193, 100_000})
  void anAnnouncedLengthIsNotBelievedBeforeItsBytesCome(int received) {
    byte[] prefix = Varint.encode(4 * MIB);
    byte[] one = new byte[1];

    long allocated =
        Allocation.of(() -> {
          var decoder = new FrameDecoder(4 * MIB);
          decoder.feed(prefix, 0, prefix.length, NOWHERE);
          for (int i = 0; i < received; i++) {
            decoder.feed(one, 0, 1, NOWHERE);
          }
        });

    // The decoder's own objects and the headers of its segments are the last kilobyte.
    assertThat(allocated).isLessThan(received + 8 * 1024 + 1024);
  }

  @Test
  void aLargeFrameIsCopiedTwiceAtMost() {
    byte[] frame = LengthPrefixed.frame(new byte[4 * MIB]);

    long allocated =
        Allocation.of(() -> {
          var decoder = new FrameDecoder(4 * MIB);
          for (int at = 0; at < frame.length; at += 16_384) {
            decoder.feed(frame, at, Math.min(16_384, frame.length - at), NOWHERE);
          }
        });

    assertThat(allocated).isLessThan(8 * MIB + 64 * 1024);
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void framesDoNotDependOnHowTheStreamIsCut(long seed) {
    var random = new Random(seed);
    var sent = new ArrayList<Bytes>();
    var stream = new ByteArrayOutputStream();
    for (int i = random.nextInt(20); i > 0; i--) {
      byte[] body = new byte[random.nextInt(1 << random.nextInt(1, 16))];
      random.nextBytes(body);
      sent.add(Bytes.of(body));
      stream.writeBytes(LengthPrefixed.frame(body));
    }

    var received = new ArrayList<Bytes>();
    var decoder = new FrameDecoder(1 << 16);
    byte[] all = stream.toByteArray();
    int largest = 1 << random.nextInt(1, 17);
    for (int at = 0; at < all.length; ) {
      int chunk = Math.min(random.nextInt(largest), all.length - at);
      decoder.feed(all, at, chunk, into(received));
      at += chunk;
    }

    assertThat(received).isEqualTo(sent);
    assertThat(decoder.isAtBoundary()).isTrue();
  }
}
