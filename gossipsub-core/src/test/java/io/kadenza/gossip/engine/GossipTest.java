package io.kadenza.gossip.engine;

import static io.kadenza.gossip.engine.Script.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.gossip.rpc.IHave;
import io.kadenza.gossip.rpc.IWant;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.MessageIdFunction;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GossipTest {
  private final Script script = new Script();

  @Test
  void peersOutsideOfTheMeshAreToldWhatThereIs() {
    List<PeerId> peers = script.joinWith(20);
    script.heartbeats(1);
    Message message = script.messageBy(TestPeers.identity(100), "hello");
    script.receive(peers.getFirst(), message);
    script.forget();
    script.heartbeats(1);

    Bytes id = MessageIdFunction.ORIGIN_STAMPED.id(message);
    List<PeerId> told = peers.stream().filter(p -> !announcedTo(p).isEmpty()).toList();
    assertThat(told).hasSize(6).doesNotContainAnyElementsOf(script.engine.mesh(TOPIC));
    assertThat(announcedTo(told.getFirst())).containsExactly(new IHave(TOPIC, List.of(id)));
  }

  @Test
  void whatWeLackIsAskedForAndWhatWeHaveIsNot() {
    PeerId peer = script.joinWith(1).getFirst();
    Message message = script.messageBy(TestPeers.identity(100), "hello");
    script.receive(peer, message);
    Bytes had = MessageIdFunction.ORIGIN_STAMPED.id(message);
    script.receive(peer, new IHave(TOPIC, List.of(had, id(1))));

    assertThat(askedOf(peer)).containsExactly(id(1));
  }

  @Test
  void gossipOfOtherTopicsIsIgnored() {
    PeerId peer = script.joinWith(1).getFirst();
    script.receive(peer, new IHave("other", List.of(id(1))));

    assertThat(askedOf(peer)).isEmpty();
  }

  @Test
  void tenAnnouncementsOfAPeerAreHeededPerHeartbeat() {
    PeerId peer = script.joinWith(1).getFirst();
    for (int i = 0; i < 20; i++) {
      script.receive(peer, new IHave(TOPIC, List.of(id(i))));
    }
    assertThat(askedOf(peer)).hasSize(10);

    script.heartbeats(1);
    script.receive(peer, new IHave(TOPIC, List.of(id(30))));
    assertThat(askedOf(peer)).hasSize(11);
  }

  @Test
  void fiveThousandMessagesAreAskedOfAPeerPerHeartbeat() {
    PeerId peer = script.joinWith(1).getFirst();
    script.receive(peer, new IHave(TOPIC, ids(0, 3000)));
    script.receive(peer, new IHave(TOPIC, ids(3000, 6000)));

    assertThat(askedOf(peer)).hasSize(5000).doesNotHaveDuplicates();
  }

  @Test
  void whoAsksGetsAMessageThreeTimesAtMost() {
    List<PeerId> peers = script.joinWith(2);
    Message message = script.messageBy(TestPeers.identity(100), "hello");
    script.receive(peers.getFirst(), message);
    Bytes id = MessageIdFunction.ORIGIN_STAMPED.id(message);
    script.forget();
    for (int i = 0; i < 10; i++) {
      script.receive(peers.get(1), new IWant(List.of(id, id, id(1))));
    }

    assertThat(script.messagesTo(peers.get(1))).containsExactly(message, message, message);
  }

  private List<IHave> announcedTo(PeerId peer) {
    return script.controlTo(peer).flatMap(c -> c.ihave().stream()).toList();
  }

  private List<Bytes> askedOf(PeerId peer) {
    return script
        .controlTo(peer)
        .flatMap(c -> c.iwant().stream())
        .flatMap(entry -> entry.ids().stream())
        .toList();
  }

  private static List<Bytes> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(GossipTest::id).toList();
  }

  private static Bytes id(int number) {
    return Bytes.wrap(ByteBuffer.allocate(46).putInt(number).array());
  }
}
