package io.kadenza.gossip.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.PeerId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final PeerId PEER = PeerId.ofPublicKey(new byte[] {1});
  private static final PeerId OTHER = PeerId.ofPublicKey(new byte[] {2});

  private final Peers peers = new Peers(1 << 20);

  @Test
  void aTopicIsForgottenWithItsLastPeer() {
    peers.up(PEER, MeshProtocol.V1_1);
    peers.up(OTHER, MeshProtocol.V1_0);
    peers.subscribe(PEER, "t", false);
    peers.subscribe(OTHER, "t", false);

    assertThat(peers.unsubscribe(PEER, "t")).isTrue();
    assertThat(peers.in("t")).containsExactly(OTHER);
    assertThat(peers.down(OTHER)).containsExactly("t");
    assertThat(peers.topics()).isZero();
  }

  @Test
  void whoIsNotConnectedIsInNoTopic() {
    assertThat(peers.subscribe(PEER, "t", false)).isFalse();
    assertThat(peers.topics()).isZero();
  }

  @Test
  void whoeverIsInManyTopicsLeavesRoomForOneWhoIsInAFew() {
    var small = new Peers(100_000);
    for (int i = 0; i < 100; i++) {
      PeerId greedy = PeerId.ofPublicKey(new byte[] {3, (byte) i});
      small.up(greedy, MeshProtocol.V1_1);
      for (int j = 0; j < 100; j++) {
        small.subscribe(greedy, "topic " + i + " " + j, false);
      }
      if (i == 5) {
        small.up(OTHER, MeshProtocol.V1_1);
        assertThat(small.subscribe(OTHER, "t", false)).isTrue();
      }
    }

    assertThat(small.topics()).isLessThan(400);
    small.up(PEER, MeshProtocol.V1_1);
    assertThat(small.subscribe(PEER, "ours", true)).isTrue();
    for (PeerId peer : Set.copyOf(small.all())) {
      small.down(peer);
    }
    small.up(PEER, MeshProtocol.V1_1);
    assertThat(small.subscribe(PEER, "t", false)).isTrue();
  }

  @Test
  void aPeerIsInAHundredTopicsAtMost() {
    peers.up(PEER, MeshProtocol.V1_1);
    for (int i = 0; i < 1000; i++) {
      peers.subscribe(PEER, "topic " + i, false);
    }

    assertThat(peers.topics()).isEqualTo(Peers.MAX_TOPICS_PER_PEER);
    peers.down(PEER);
    assertThat(peers.topics()).isZero();
  }
}
