package io.kadenza.gossip.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.gossip.internal.OutboundQueue.Admission;
import io.kadenza.gossip.rpc.Control;
import io.kadenza.gossip.rpc.Graft;
import io.kadenza.gossip.rpc.IWant;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
  private static final Rpc ANNOUNCEMENT = Rpc.of(new SubOpts(true, "t"));
  private static final Rpc GRAFT =
      Rpc.of(new Control(List.of(), List.of(), List.of(new Graft("t")), List.of()));

  private final OutboundQueue queue = new OutboundQueue(new OutboundRoom(64 << 20));

  @Test
  void whatGoesInComesOutInOrder() throws Exception {
    assertThat(queue.offer(ANNOUNCEMENT)).isEqualTo(Admission.QUEUED);
    assertThat(queue.offer(GRAFT)).isEqualTo(Admission.QUEUED);

    assertThat(queue.take()).isEqualTo(ANNOUNCEMENT);
    assertThat(queue.take()).isEqualTo(GRAFT);
  }

  @Test
  void whenFullMessagesAreDroppedAndWhatIsNeededIsNot() {
    fill(message(10));

    assertThat(queue.offer(message(10))).isEqualTo(Admission.DROPPED);
    assertThat(queue.offer(ANNOUNCEMENT)).isEqualTo(Admission.QUEUED);
    assertThat(queue.offer(GRAFT)).isEqualTo(Admission.QUEUED);
    assertThat(queue.dropped()).isEqualTo(1);
  }

  @Test
  void evenWhatIsNeededHasABound() {
    fill(message(10));
    for (int i = 0; i < OutboundQueue.MAX_RPCS; i++) {
      assertThat(queue.offer(ANNOUNCEMENT)).isEqualTo(Admission.QUEUED);
    }

    assertThat(queue.offer(ANNOUNCEMENT)).isEqualTo(Admission.OVERFLOWED);
  }

  @Test
  void largeMessagesFillItByTheirBytes() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(queue.offer(message(900_000))).isEqualTo(Admission.QUEUED);
    }
    assertThat(queue.offer(message(10))).isEqualTo(Admission.DROPPED);

    queue.take();
    assertThat(queue.offer(message(10))).isEqualTo(Admission.QUEUED);
    queue.clear();
    assertThat(queue.offer(message(4_000_000))).isEqualTo(Admission.QUEUED);
  }

  @Test
  void gossipFillsItByItsBytesAsWell() throws Exception {
    for (int i = 0; i < 9; i++) {
      assertThat(queue.offer(wanted(5_000))).isEqualTo(Admission.QUEUED);
    }
    for (int i = 0; queue.offer(wanted(5_000)) == Admission.QUEUED; i++) {
      assertThat(i).isLessThan(OutboundQueue.MAX_BYTES / (5_000 * 64));
    }
    queue.take();
    assertThat(queue.offer(wanted(10))).isEqualTo(Admission.QUEUED);
  }

  @Test
  void slowPeersLeaveRoomForOneThatIsNot() throws Exception {
    var room = new OutboundRoom(1 << 20);
    for (int i = 0; i < 50; i++) {
      var slow = new OutboundQueue(room);
      while (slow.offer(message(10_000)) == Admission.QUEUED) {
        assertThat(room.held()).isLessThanOrEqualTo(1 << 20);
      }
    }

    var good = new OutboundQueue(room);
    assertThat(good.offer(message(10))).isEqualTo(Admission.QUEUED);
    assertThat(good.offer(GRAFT)).isEqualTo(Admission.QUEUED);
    good.take();
    good.take();
  }

  @Test
  void aMessageForManyTakesItsRoomOnce() {
    var room = new OutboundRoom(1 << 20);
    Rpc large = message(900_000);
    for (int i = 0; i < 50; i++) {
      assertThat(new OutboundQueue(room).offer(Rpc.of(large.publish().getFirst())))
          .isEqualTo(Admission.QUEUED);
    }
  }

  @Test
  void whatWasTakenOrForgottenTakesNoRoom() throws Exception {
    var room = new OutboundRoom(1 << 20);
    var one = new OutboundQueue(room);
    one.offer(message(10_000));
    one.take();
    assertThat(room.held()).isEqualTo(message(10_000).footprint());
    Message twice = message(20_000).publish().getFirst();
    one.offer(Rpc.of(twice, twice));
    one.offer(GRAFT);
    one.take();
    one.clear();
    assertThat(room.held()).isZero();

    one.close();
    assertThat(one.offer(message(10))).isEqualTo(Admission.DROPPED);
    assertThat(room.held()).isZero();
  }

  @Test
  void whatCannotBeWrittenForLackOfRoomIsLeftOut() throws Exception {
    var room = new OutboundRoom(200_000);
    Rpc shared = message(60_000);
    var one = new OutboundQueue(room);
    assertThat(one.offer(shared)).isEqualTo(Admission.QUEUED);
    assertThat(one.offer(GRAFT)).isEqualTo(Admission.QUEUED);
    assertThat(new OutboundQueue(room).offer(shared)).isEqualTo(Admission.QUEUED);
    assertThat(room.reserve(100_000)).isTrue();

    assertThat(one.take()).isEqualTo(GRAFT);
    assertThat(one.dropped()).isEqualTo(1);
    assertThat(room.held()).isLessThan(100_000 + 61_000);
  }

  private static Rpc wanted(int ids) {
    List<Bytes> named = new ArrayList<>();
    for (int i = 0; i < ids; i++) {
      named.add(Bytes.wrap(new byte[] {(byte) (i >> 8), (byte) i}));
    }
    return Rpc.of(new Control(List.of(), List.of(new IWant(named)), List.of(), List.of()));
  }

  private void fill(Rpc rpc) {
    for (int i = 0; i < OutboundQueue.MAX_RPCS; i++) {
      assertThat(queue.offer(rpc)).isEqualTo(Admission.QUEUED);
    }
  }

  private static Rpc message(int size) {
    return Rpc.of(
        new Message(null, Bytes.wrap(new byte[size]), null, "t", null, null, Bytes.EMPTY));
  }
}
