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
import java.util.ArrayList;
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
  void theAddressThatWouldGoFirstGivesWayWhereverTheClockBegan() {
    int most = Limits.defaults().maxAddressesPerPeer();
    nanos = Long.MAX_VALUE - Duration.ofMinutes(90).toNanos();
    for (int i = 1; i < most; i++) {
      store.addAddresses(
          peer, List.of(Multiaddr.parse("/ip4/192.0.2.9/tcp/" + i)), Duration.ofHours(1));
    }
    store.addAddresses(peer, List.of(HOME), Duration.ofHours(2));

    store.addAddresses(peer, List.of(AWAY), Duration.ofHours(2));

    assertThat(store.addresses(peer)).hasSize(most).contains(HOME, AWAY);
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

  private static final int BYTES = 1 << 20;

  private final MemoryPeerstore small =
      new MemoryPeerstore(Limits.defaults().withMaxPeerstoreBytes(BYTES), () -> 0);

  /// Some 50 KB of names that nobody has heard of.
  private static final Identification TALKATIVE =
      new Identification(
          "talker",
          "",
          IntStream.range(0, 400).mapToObj(i -> "/a/protocol/that/is/not/" + i).toList(),
          IntStream.range(0, 64)
              .mapToObj(i -> Multiaddr.parse("/ip4/203.0.113.1/tcp/" + (i + 1)))
              .toList(),
          false,
          Optional.empty());

  private static PeerId peer() {
    return Identity.generate(KeyType.ED25519).peerId();
  }

  private PeerId meet(Identification said) {
    PeerId peer = peer();
    small.connected(peer);
    small.identified(peer, said);
    return peer;
  }

  @Test
  void peersThatSaidMuchAndLeftAreForgottenBeforeTheyFillTheHeap() {
    PeerId staying = meet(TALKATIVE);
    List<PeerId> left = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      left.add(meet(TALKATIVE));
      small.disconnected(left.getLast());
    }

    assertThat(small.size()).isLessThan(BYTES / MemoryPeerstore.weight(TALKATIVE) + 2);
    assertThat(small.addresses(left.getLast())).hasSize(64);
    assertThat(small.addresses(left.getFirst())).isEmpty();
    assertThat(small.identification(staying)).contains(TALKATIVE);
  }

  @Test
  void whoComesBackIsNotForgottenForBeingLarge() {
    List<PeerId> there = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      there.add(meet(TALKATIVE));
    }
    for (int round = 0; round < 10; round++) {
      there.forEach(peer -> {
        small.disconnected(peer);
        small.connected(peer);
      });
    }

    assertThat(there).allMatch(peer -> small.addresses(peer).size() == 64);
  }

  @Test
  void aNewcomerIsRememberedAlsoWhereAllOthersAreConnected() {
    var two = new MemoryPeerstore(Limits.defaults().withMaxPeerstorePeers(2), () -> 0);
    two.connected(peer());
    two.connected(peer());

    two.addAddresses(peer, List.of(HOME), Peerstore.TEMPORARY);
    assertThat(two.addresses(peer)).containsExactly(HOME);

    two.addAddresses(peer(), List.of(HOME), Peerstore.TEMPORARY);
    assertThat(two.addresses(peer)).as("the last newcomer makes room").isEmpty();
    assertThat(two.size()).isEqualTo(3);
    assertThat(two.peers()).hasSize(3).doesNotContain(peer);
  }

  @Test
  void addressesAloneCountToo() {
    List<Multiaddr> many =
        IntStream.range(0, 64)
            .mapToObj(i -> Multiaddr.parse("/dns4/" + "a".repeat(60) + i + ".example/tcp/1"))
            .toList();
    for (int i = 0; i < 200; i++) {
      small.addAddresses(peer(), many, Peerstore.TEMPORARY);
    }

    assertThat(small.size()).isBetween(30, 100);
  }
}
