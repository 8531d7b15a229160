package io.kadenza.gossip.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.gossip.internal.OutboundQueue.Admission;
import io.kadenza.gossip.rpc.Control;
import io.kadenza.gossip.rpc.Graft;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.multiformats.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
  private static final Rpc ANNOUNCEMENT = Rpc.of(new SubOpts(true, "t"));
  private static final Rpc GRAFT =
      Rpc.of(new Control(List.of(), List.of(), List.of(new Graft("t")), List.of()));

  private final OutboundQueue queue = new OutboundQueue();

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
