package io.kadenza.gossip.engine;

import static io.kadenza.gossip.engine.Script.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private final Script script = new Script();

  @Test
  void aNewPeerIsToldOurTopicsAndAllPeersEveryChange() {
    PeerId early = script.subscriber(1);
    script.apply(new GossipInput.Subscribe(TOPIC));
    PeerId late = script.subscriber(2);

    assertThat(script.sentTo(early).flatMap(r -> r.subscriptions().stream()))
        .containsExactly(new SubOpts(true, TOPIC));
    assertThat(script.sentTo(late).flatMap(r -> r.subscriptions().stream()))
        .containsExactly(new SubOpts(true, TOPIC));

    script.forget();
    script.apply(new GossipInput.Unsubscribe(TOPIC));
    assertThat(script.sentTo(late).flatMap(r -> r.subscriptions().stream()))
        .containsExactly(new SubOpts(false, TOPIC));
  }

  @Test
  void aStreamThatIsOpenedAgainIsToldAgain() {
    PeerId peer = script.joinWith(1).getFirst();
    script.apply(new GossipInput.PeerUp(peer, MeshProtocol.V1_1));

    assertThat(script.sentTo(peer)).containsExactly(Rpc.of(new SubOpts(true, TOPIC)));
  }

  @Test
  void subscribingTwiceIsSaidOnce() {
    PeerId peer = script.joinWith(1).getFirst();
    script.apply(new GossipInput.Subscribe(TOPIC));

    assertThat(script.sentTo(peer)).isEmpty();
  }

  @Test
  void aPeersComingAndGoingIsReported() {
    PeerId peer = script.subscriber(1);
    assertThat(script.events()).containsExactly(new GossipEvent.PeerSubscribed(peer, TOPIC));
    assertThat(script.engine.peers(TOPIC)).containsExactly(peer);

    script.forget();
    script.apply(new GossipInput.PeerDown(peer));
    assertThat(script.events()).containsExactly(new GossipEvent.PeerUnsubscribed(peer, TOPIC));
    assertThat(script.engine.peers(TOPIC)).isEmpty();
  }

  @Test
  void whoIsNotUpIsIgnored() {
    PeerId stranger = TestPeers.identity(9).peerId();
    script.receive(stranger, new SubOpts(true, TOPIC));

    assertThat(script.effects).isEmpty();
    assertThat(script.engine.knownTopics()).isZero();
  }

  @Test
  void t27TheTopicsOfAPeerGoWithIt() {
    PeerId peer = script.subscriber(1);
    for (int i = 0; i < 10_000; i++) {
      script.receive(peer, new SubOpts(true, "topic " + i));
    }
    assertThat(script.engine.knownTopics()).isEqualTo(100);

    script.apply(new GossipInput.PeerDown(peer));
    assertThat(script.engine.knownTopics()).isZero();
  }

  @Test
  void topicsThatNobodyCouldReadAreTheCallersMistake() {
    assertThatThrownBy(() -> new GossipInput.Subscribe(""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GossipInput.Publish("t".repeat(257), Bytes.EMPTY, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GossipInput.Publish("t", Bytes.wrap(new byte[1 << 20]), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
