package io.kadenza.gossip.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.PeerId;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final PeerId PEER = PeerId.ofPublicKey(new byte[] {1});
  private static final PeerId OTHER = PeerId.ofPublicKey(new byte[] {2});

  private final Peers peers = new Peers();

  @Test
  void aTopicIsForgottenWithItsLastPeer() {
    peers.up(PEER, MeshProtocol.V1_1);
    peers.up(OTHER, MeshProtocol.V1_0);
    peers.subscribe(PEER, "t");
    peers.subscribe(OTHER, "t");

    assertThat(peers.unsubscribe(PEER, "t")).isTrue();
    assertThat(peers.in("t")).containsExactly(OTHER);
    assertThat(peers.down(OTHER)).containsExactly("t");
    assertThat(peers.topics()).isZero();
  }

  @Test
  void whoIsNotConnectedIsInNoTopic() {
    assertThat(peers.subscribe(PEER, "t")).isFalse();
    assertThat(peers.topics()).isZero();
  }

  @Test
  void aPeerIsInAHundredTopicsAtMost() {
    peers.up(PEER, MeshProtocol.V1_1);
    for (int i = 0; i < 1000; i++) {
      peers.subscribe(PEER, "topic " + i);
    }

    assertThat(peers.topics()).isEqualTo(Peers.MAX_TOPICS_PER_PEER);
    peers.down(PEER);
    assertThat(peers.topics()).isZero();
  }
}
