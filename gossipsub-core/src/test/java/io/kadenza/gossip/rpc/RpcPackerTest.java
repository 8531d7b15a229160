package io.kadenza.gossip.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RpcPackerTest {
  private final RpcPacker packer = new RpcPacker();

  @Test
  void whatFitsTravelsTogether() {
    packer.announce(new SubOpts(true, "t"));
    packer.publish(message(10));
    packer.graft(new Graft("t"));
    packer.ihave("t", List.of(Bytes.utf8("id")));

    assertThat(packer.finish()).hasSize(1);
    assertThat(packer.finish()).isEmpty();
  }

  @Test
  void announcementsAreCutWhereOthersRefuseThem() {
    IntStream.range(0, 250).forEach(i -> packer.announce(new SubOpts(true, "topic " + i)));

    assertThat(packer.finish())
        .extracting(rpc -> rpc.subscriptions().size())
        .containsExactly(100, 100, 50);
  }

  @Test
  void controlStaysBelowWhatRustAccepts() {
    List<Bytes> ids = IntStream.range(0, 5000).mapToObj(RpcPackerTest::id).toList();
    packer.ihave("t", ids);
    packer.iwant(ids);

    List<Rpc> rpcs = packer.finish();

    assertThat(rpcs).allSatisfy(rpc -> assertThat(RpcCodec.encode(rpc)).hasSizeLessThan(16 << 10));
    assertThat(
            rpcs.stream().flatMap(r -> r.control().ihave().stream()).flatMap(e -> e.ids().stream()))
        .containsExactlyElementsOf(ids);
    assertThat(
            rpcs.stream().flatMap(r -> r.control().iwant().stream()).flatMap(e -> e.ids().stream()))
        .containsExactlyElementsOf(ids);
  }

  @Test
  void messagesAreCutByTheirSizeAndALargeOneTravelsAlone() {
    packer.graft(new Graft("t"));
    packer.publish(message(RpcLimits.MAX_DATA_BYTES));
    IntStream.range(0, 10).forEach(_ -> packer.publish(message(30_000)));
    packer.prune(new Prune("t", 60));

    List<Rpc> rpcs = packer.finish();

    assertThat(rpcs).extracting(rpc -> rpc.publish().size()).containsExactly(0, 1, 2, 2, 2, 2, 2);
    assertThat(rpcs).allSatisfy(rpc -> assertThat(RpcCodec.encode(rpc)).hasSizeLessThan(1 << 20));
    assertThat(rpcs.stream().filter(rpc -> RpcCodec.encode(rpc).length > 64 << 10)).hasSize(1);
  }

  private static Message message(int size) {
    return new Message(null, Bytes.wrap(new byte[size]), null, "t", null, null, Bytes.EMPTY);
  }

  private static Bytes id(int i) {
    return Bytes.wrap(ByteBuffer.allocate(46).putInt(i).array());
  }
}
