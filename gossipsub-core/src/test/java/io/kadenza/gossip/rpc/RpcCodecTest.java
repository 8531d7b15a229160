package io.kadenza.gossip.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcCodecTest {
  private static final Message FULL =
      new Message(
          Bytes.fromHex("0102"),
          Bytes.utf8("data"),
          Bytes.fromHex("0000000000000001"),
          "topic",
          Bytes.fromHex("aa"),
          Bytes.fromHex("bb"),
          Bytes.EMPTY);

  @Test
  void whatIsWrittenIsReadBack() {
    var control =
        new Control(
            List.of(new IHave("t", List.of(Bytes.fromHex("ff01"), Bytes.utf8("id")))),
            List.of(new IWant(List.of(Bytes.utf8("id")))),
            List.of(new Graft("t")),
            List.of(new Prune("t", 60), new Prune("u", 0)));
    var rpc =
        new Rpc(List.of(new SubOpts(true, "t"), new SubOpts(false, "ü")), List.of(FULL), control);

    assertThat(RpcCodec.decode(RpcCodec.encode(rpc))).isEqualTo(rpc);
  }

  @Test
  void anEmptyFieldAndAnAbsentOneStayTwoThings() {
    var empty = new Message(null, Bytes.EMPTY, null, "t", null, null, Bytes.EMPTY);
    var absent = new Message(null, null, null, "t", null, null, Bytes.EMPTY);

    Rpc read = RpcCodec.decode(RpcCodec.encode(Rpc.of(empty, absent)));

    assertThat(read.publish()).containsExactly(empty, absent);
    assertThat(RpcCodec.encode(Rpc.of(empty))).isEqualTo(hex("1205" + "1200" + "220174"));
  }

  @Test
  void fieldsOfAMessageThatWeDoNotKnowAreKept() {
    var body = new ProtoWriter().utf8(4, "t").varint(9, 7).bytes(20, new byte[] {1}).fixed32(21, 5);
    byte[] rpc = new ProtoWriter().message(2, body).fixed64(99, 1).toByteArray();

    Message read = RpcCodec.decode(rpc).publish().getFirst();

    assertThat(read.unrecognized().toHex()).isEqualTo("4807" + "a20101" + "01" + "ad0105000000");
    assertThat(RpcCodec.encode(Rpc.of(read))).startsWith(Arrays.copyOf(rpc, body.size() + 2));
  }

  @Test
  void goesAsGoWritesIt() {
    // pb.RPC of go-libp2p-pubsub 0.19.0, with every kind of control, a PRUNE with peers, and
    // IDONTWANT.
    Rpc read = RpcCodec.decode(hex(GoVectors.CONTROL));

    assertThat(read.subscriptions())
        .containsExactly(new SubOpts(true, "a"), new SubOpts(false, "b"));
    assertThat(read.control())
        .isEqualTo(
            new Control(
                List.of(new IHave("a", List.of(Bytes.fromHex("ff01"), Bytes.utf8("id2")))),
                List.of(new IWant(List.of(Bytes.utf8("id3")))),
                List.of(new Graft("a")),
                List.of(new Prune("b", 60))));
  }

  @Test
  void t27AMegabyteOfAnnouncementsIsRefusedBeforeItIsDecoded() {
    byte[] rpc = repeat("0a0100", 349_525, "");
    long before = allocated();

    assertThatThrownBy(() -> RpcCodec.decode(rpc))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("more than 100 announcements");

    assertThat(allocated() - before).isLessThan(2 << 20);
  }

  @Test
  void asManyAnnouncementsAsAllowedAreRead() {
    byte[] hundred = repeat("0a050801120174", 100, "");
    byte[] more = repeat("0a050801120174", 101, "");

    assertThat(RpcCodec.decode(hundred).subscriptions()).hasSize(100);
    assertThatThrownBy(() -> RpcCodec.decode(more)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @CsvSource({"1200,5001", "1a020a00,401", "1a021200,401", "1a021a00,401", "1a022200,401"})
  void tooManyEntriesOfAnyKindAreRefused(String entry, int count) {
    assertThatThrownBy(() -> RpcCodec.decode(repeat(entry, count, "")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("more than");
  }

  @Test
  void idontwantIsPassedOverHoweverMuchThereIs() {
    byte[] rpc = repeat("1a022a00", 200_000, "0a050801120174");

    assertThat(RpcCodec.decode(rpc)).isEqualTo(Rpc.of(new SubOpts(true, "t")));
  }

  @Test
  void idsBeyondTheBoundAreSkipped() {
    var id = Bytes.fromHex("01");
    var many = new IWant(Collections.nCopies(RpcLimits.MAX_IDS + 10, id));
    var tooLong = new IWant(List.of(Bytes.wrap(new byte[RpcLimits.MAX_ID_BYTES + 1]), id));

    assertThat(wantedAfterTravel(many)).hasSize(RpcLimits.MAX_IDS);
    assertThat(wantedAfterTravel(tooLong)).containsExactly(id);
  }

  @Test
  void entriesWithATopicThatIsNobodysAreSkipped() {
    String tooLong = "t".repeat(RpcLimits.MAX_TOPIC_BYTES + 1);
    var message = new Message(null, null, null, tooLong, null, null, Bytes.EMPTY);
    var rpc =
        new Rpc(
            List.of(new SubOpts(true, tooLong), new SubOpts(true, ""), new SubOpts(true, "t")),
            List.of(message),
            new Control(List.of(), List.of(), List.of(new Graft(tooLong)), List.of()));

    assertThat(RpcCodec.decode(RpcCodec.encode(rpc))).isEqualTo(Rpc.of(new SubOpts(true, "t")));
    // A topic that is not UTF-8.
    assertThat(RpcCodec.decode(hex("0a0508011201ff")).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "60,60",
    "3601,3600",
    "9223372036854775807,3600",
    "-9223372036854775808,3600",
    "-1,3600"
  })
  void t28ABackoffIsBroughtIntoBounds(long sent, int read) {
    var prune = new ProtoWriter().utf8(1, "t").varint(3, sent);
    byte[] rpc = new ProtoWriter().message(3, new ProtoWriter().message(4, prune)).toByteArray();

    assertThat(RpcCodec.decode(rpc).control().prune()).containsExactly(new Prune("t", read));
  }

  @Test
  void whatIsNoRpcIsRefused() {
    assertThatThrownBy(() -> RpcCodec.decode(hex("0aff"))).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RpcCodec.decode(hex("0801"))).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RpcCodec.decode(new byte[RpcLimits.MAX_RPC_BYTES + 1]))
        .isInstanceOf(MalformedException.class);
  }

  private static List<Bytes> wantedAfterTravel(IWant entry) {
    var control = new Control(List.of(), List.of(entry), List.of(), List.of());
    return RpcCodec.decode(RpcCodec.encode(Rpc.of(control))).control().iwant().getFirst().ids();
  }

  /// An entry, many times, and something at the end; in hexadecimal.
  private static byte[] repeat(String entry, int count, String end) {
    var out = new ProtoWriter(1 << 20);
    Bytes one = Bytes.fromHex(entry);
    IntStream.range(0, count).forEach(_ -> out.raw(one));
    return out.raw(Bytes.fromHex(end)).toByteArray();
  }

  private static byte[] hex(String text) {
    return Bytes.fromHex(text).toArray();
  }

  private static long allocated() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
