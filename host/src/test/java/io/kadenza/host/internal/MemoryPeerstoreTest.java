package io.kadenza.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Identification;
import io.kadenza.host.Limits;
import io.kadenza.host.Peerstore;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryPeerstoreTest {
  private static final Multiaddr HOME = Multiaddr.parse("/ip4/192.0.2.1/tcp/4001");
  private static final Multiaddr AWAY = Multiaddr.parse("/ip4/192.0.2.2/tcp/4001");
  private static final Multiaddr DIALLED = Multiaddr.parse("/ip4/192.0.2.3/tcp/4001");

  private final PeerId peer = Identity.generate(KeyType.ED25519).peerId();
  private long nanos;
  private final MemoryPeerstore store = new MemoryPeerstore(Limits.defaults(), () -> nanos);

  private static Identification at(Multiaddr... addresses) {
    return new Identification("agent", "", List.of(), List.of(addresses), false, Optional.empty());
  }

  private void advance(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void aPeerThatHasMovedIsNotLookedForWhereItWas() {
    store.connected(peer);
    store.addAddresses(peer, List.of(DIALLED), Peerstore.CONNECTED);
    store.identified(peer, at(HOME));

    store.identified(peer, at(AWAY));

    assertThat(store.addresses(peer)).containsExactlyInAnyOrder(DIALLED, AWAY);
  }

  @Test
  void addressesLiveOnForAWhileAfterTheConnection() {
    store.connected(peer);
    store.identified(peer, at(HOME));

    store.disconnected(peer);
    advance(Peerstore.RECENTLY_CONNECTED.minusSeconds(1));
    assertThat(store.addresses(peer)).containsExactly(HOME);

    advance(Duration.ofSeconds(1));
    assertThat(store.addresses(peer)).isEmpty();
    store.sweep();
    assertThat(store.size()).isZero();
  }

  @Test
  void anAddressThatIsHeardOfAgainDoesNotLiveLess() {
    store.addAddresses(peer, List.of(HOME), Peerstore.RECENTLY_CONNECTED);
    store.addAddresses(peer, List.of(HOME), Peerstore.TEMPORARY);

    advance(Peerstore.TEMPORARY);

    assertThat(store.addresses(peer)).containsExactly(HOME);
  }

  @Test
  void t23WhatOnePeerMakesUsRememberIsBounded() {
    int most = Limits.defaults().maxAddressesPerPeer();
    List<Multiaddr> many =
        IntStream.rangeClosed(1, 2 * most)
            .mapToObj(port -> Multiaddr.parse("/ip4/192.0.2.1/tcp/" + port))
            .toList();

    store.addAddresses(peer, many, Peerstore.TEMPORARY);

    assertThat(store.addresses(peer)).hasSize(most);
  }
}
