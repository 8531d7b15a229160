package io.kadenza.gossip.engine;

import static io.kadenza.gossip.engine.Script.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.effect.GossipEvent.PruneReason;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Graft;
import io.kadenza.gossip.rpc.Prune;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshUpkeepTest {
  private static final Graft GRAFT = new Graft(TOPIC);

  private final Script script = new Script();

  @Test
  void aHeartbeatFillsTheMeshUpToItsDegree() {
    List<PeerId> peers = script.joinWith(20);
    script.heartbeats(1);

    assertThat(script.engine.mesh(TOPIC)).hasSize(6);
    assertThat(peers.stream().filter(p -> !script.graftsTo(p).isEmpty()))
        .containsExactlyInAnyOrderElementsOf(script.engine.mesh(TOPIC));
  }

  @Test
  void whoeverJoinsLateGraftsAtOnce() {
    for (int i = 1; i <= 10; i++) {
      script.subscriber(i);
    }
    script.apply(new GossipInput.Subscribe(TOPIC));

    assertThat(script.engine.mesh(TOPIC)).hasSize(6);
  }

  @Test
  void aFullMeshRefusesGraftsAndIsThinnedOut() {
    List<PeerId> peers = script.joinWith(13);
    peers.subList(0, 12).forEach(peer -> script.receive(peer, GRAFT));
    assertThat(script.engine.mesh(TOPIC)).hasSize(12);

    script.receive(peers.get(12), GRAFT);
    assertThat(script.prunesTo(peers.get(12))).containsExactly(new Prune(TOPIC, 60));

    script.forget();
    script.heartbeats(1);
    assertThat(script.engine.mesh(TOPIC)).hasSize(6);
    assertThat(peers.stream().filter(p -> !script.prunesTo(p).isEmpty())).hasSize(6);
  }

  @Test
  void graftsForTopicsThatWeAreNotInAreIgnored() {
    PeerId peer = script.subscriber(1);
    script.receive(peer, GRAFT);

    assertThat(script.sentTo(peer)).isEmpty();
  }

  @Test
  void whoPrunedUsIsLeftAloneForItsBackoffAndABit() {
    PeerId peer = script.joinWith(1).getFirst();
    script.heartbeats(1);
    script.receive(peer, new Prune(TOPIC, 5));
    assertThat(script.engine.mesh(TOPIC)).isEmpty();
    script.forget();

    script.heartbeats(5);
    assertThat(script.graftsTo(peer)).isEmpty();
    script.heartbeats(1);
    assertThat(script.graftsTo(peer)).containsExactly(GRAFT);
  }

  @Test
  void aPruneWithoutABackoffHoldsForAMinute() {
    PeerId peer = script.joinWith(1).getFirst();
    script.heartbeats(1);
    script.receive(peer, new Prune(TOPIC, 0));
    script.forget();

    script.heartbeats(60);
    assertThat(script.graftsTo(peer)).isEmpty();
    script.heartbeats(1);
    assertThat(script.graftsTo(peer)).containsExactly(GRAFT);
  }

  @Test
  void whoGraftsTooEarlyIsPrunedAndWaitsAnew() {
    PeerId peer = script.joinWith(1).getFirst();
    script.receive(peer, new Prune(TOPIC, 60));
    script.pass(Duration.ofSeconds(50));
    script.receive(peer, GRAFT);
    assertThat(script.prunesTo(peer)).containsExactly(new Prune(TOPIC, 60));

    script.pass(Duration.ofSeconds(59));
    script.receive(peer, GRAFT);
    assertThat(script.engine.mesh(TOPIC)).isEmpty();
    script.pass(Duration.ofMillis(60_000));
    script.receive(peer, GRAFT);
    assertThat(script.engine.mesh(TOPIC)).containsExactly(peer);
  }

  @Test
  void aBackoffOutlivesTheConnection() {
    PeerId peer = script.joinWith(1).getFirst();
    script.receive(peer, new Prune(TOPIC, 60));
    script.apply(new GossipInput.PeerDown(peer));
    script.subscriber(1);
    script.receive(peer, GRAFT);

    assertThat(script.engine.mesh(TOPIC)).isEmpty();
  }

  @Test
  void leavingPrunesTheMeshWithAShortBackoff() {
    PeerId peer = script.joinWith(1).getFirst();
    script.heartbeats(1);
    script.forget();
    script.apply(new GossipInput.Unsubscribe(TOPIC));

    assertThat(script.sentTo(peer)).hasSize(1);
    assertThat(script.prunesTo(peer)).containsExactly(new Prune(TOPIC, 10));
    assertThat(script.events())
        .containsExactly(new GossipEvent.Pruned(peer, TOPIC, PruneReason.WE_LEFT));
  }

  @Test
  void aPeerOfVersionOneIsNotToldABackoff() {
    PeerId peer = TestPeers.identity(1).peerId();
    script.apply(new GossipInput.Subscribe(TOPIC));
    script.apply(new GossipInput.PeerUp(peer, MeshProtocol.V1_0));
    script.receive(peer, GRAFT);
    script.apply(new GossipInput.Unsubscribe(TOPIC));

    assertThat(script.prunesTo(peer)).containsExactly(new Prune(TOPIC, 0));
  }

  @Test
  void whoLeavesTheTopicOrGoesLeavesTheMesh() {
    List<PeerId> peers = script.joinWith(2);
    script.heartbeats(1);
    script.receive(peers.get(0), new SubOpts(false, TOPIC));
    script.apply(new GossipInput.PeerDown(peers.get(1)));

    assertThat(script.engine.mesh(TOPIC)).isEmpty();
    assertThat(script.events())
        .contains(
            new GossipEvent.Pruned(peers.get(0), TOPIC, PruneReason.PEER_LEFT),
            new GossipEvent.Pruned(peers.get(1), TOPIC, PruneReason.GONE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3600})
  void t28TenYearsAfterAnyBackoffAllIsWell(int seconds) {
    PeerId peer = script.joinWith(1).getFirst();
    script.receive(peer, new Prune(TOPIC, seconds));
    script.forget();
    for (int day = 0; day < 3650; day++) {
      script.pass(Duration.ofDays(1));
    }

    assertThat(script.graftsTo(peer)).containsExactly(GRAFT);
    script.receive(peer, Rpc.of(new SubOpts(false, TOPIC)));
    assertThat(script.engine.mesh(TOPIC)).isEmpty();
  }
}
