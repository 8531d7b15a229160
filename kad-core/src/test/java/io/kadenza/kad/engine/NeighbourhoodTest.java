package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What whoever asks a server for itself is told, while peers come and go.
class NeighbourhoodTest {
  private static final Now NOW = new Now(0, Instant.parse("2026-01-01T00:00:00Z"));

  private final SplittableRandom random = new SplittableRandom(7);
  private final PeerInfo self = Peers.info(random);
  private final PeerInfo stranger = Peers.info(random);
  private final KadEngine engine =
      new KadEngine(KadConfig.DEFAULT, self.id(), new SplittableRandom(1));

  NeighbourhoodTest() {
    engine.apply(new EngineInput.OwnAddresses(self.addresses()), NOW);
  }

  private List<Contact> servers(int count) {
    var servers = new ArrayList<Contact>();
    for (int i = 0; i < count; i++) {
      servers.add(Contact.of(Peers.info(random)));
    }
    return servers;
  }

  private void join(List<Contact> servers) {
    engine.apply(new EngineInput.Converge(servers, List.of()), NOW);
  }

  private void leave(Contact server) {
    engine.apply(new EngineInput.PeerIdentified(server, false), NOW);
  }

  private List<PeerInfo> askedForUs(PeerId requester) {
    return engine.neighbourhood().findNode(self.id().bytes(), requester).closer().stream()
        .map(Contact::info)
        .toList();
  }

  @Test
  void whoAsksAgainIsToldOfWhoHasComeAndWhoHasGone() {
    List<Contact> servers = servers(3);
    join(servers.subList(0, 2));
    assertThat(askedForUs(stranger.id())).hasSize(3).startsWith(self);
    join(servers);
    assertThat(askedForUs(stranger.id())).hasSize(4).contains(servers.get(2).info());
    leave(servers.get(0));
    assertThat(askedForUs(stranger.id())).hasSize(3).doesNotContain(servers.get(0).info());
  }

  @Test
  void whoAsksAgainIsToldWhereWeAreNow() {
    assertThat(askedForUs(stranger.id())).containsExactly(self);
    var moved = new PeerInfo(self.id(), stranger.addresses());
    engine.apply(new EngineInput.OwnAddresses(moved.addresses()), NOW);
    assertThat(askedForUs(stranger.id())).containsExactly(moved);
  }

  @Test
  void aNeighbourIsNotToldOfItselfWhoeverHasAskedBefore() {
    join(servers(40));
    List<PeerInfo> told = askedForUs(stranger.id());
    PeerInfo neighbour = told.get(7);
    List<PeerInfo> toldToNeighbour = askedForUs(neighbour.id());
    assertThat(toldToNeighbour).hasSize(told.size()).doesNotContain(neighbour);
    assertThat(askedForUs(stranger.id())).isEqualTo(told);
  }
}
