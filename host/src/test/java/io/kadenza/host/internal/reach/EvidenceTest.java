package io.kadenza.host.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.Reachability;
import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// T22: what decides whether a node believes that strangers can reach it, and at which address.
class EvidenceTest {
  private static final Multiaddr OWN = tcp("8.8.8.8", 4001);
  private static final Multiaddr HOME = tcp("192.168.1.2", 4001);

  private final Evidence evidence = new Evidence();
  private long now = Long.MAX_VALUE - Duration.ofHours(2).toNanos();

  private static Multiaddr tcp(String ip, int port) {
    return Multiaddr.parse("/ip4/" + ip + "/tcp/" + port);
  }

  /// A peer in the n-th network.
  private static Multiaddr peer(int n) {
    return tcp("20." + n + ".1.1", 50_000);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private Reachability judge() {
    return evidence.judge(now);
  }

  @BeforeEach
  void listen() {
    evidence.listening(List.of(OWN));
  }

  @Test
  void whoListensNowhereIsNotReached() {
    evidence.listening(List.of());

    assertThat(judge()).isEqualTo(Reachability.NOT_LISTENING);
  }

  @Test
  void aPublicAddressAloneProvesNothing() {
    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);
  }

  @Test
  void peersOfTwoNetworksAreBelieved() {
    evidence.came(peer(1), now);
    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);

    evidence.came(peer(2), now);
    assertThat(judge()).isEqualTo(Reachability.PUBLIC);
  }

  @Test
  void t22FiftySybilsOfOneNeighbourhoodDecideNothing() {
    for (int i = 1; i <= 50; i++) {
      evidence.came(tcp("20.1.1." + i, 4001), now);
      evidence.observed(tcp("20.1.1." + i, 4001), tcp("9.9.9.9", 4001), true);
    }

    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);
    assertThat(evidence.forwarded()).isEmpty();
  }

  @Test
  void neighboursInOurOwnNetworkMayStandBehindTheSameFirewall() {
    evidence.came(tcp("8.8.1.1", 50_000), now);
    evidence.came(peer(1), now);

    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);
  }

  @Test
  void loopbackAndPrivateAddressesAreNotOutside() {
    evidence.came(tcp("127.0.0.1", 50_000), now);
    evidence.came(tcp("192.168.1.7", 50_000), now);
    evidence.came(tcp("10.0.0.7", 50_000), now);

    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);
  }

  @Test
  void whoComesFromWhereWeHaveJustDialledIsNoWitness() {
    evidence.dialled(peer(1), now);
    evidence.came(peer(1), now);
    evidence.came(peer(2), now);
    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);

    pass(Duration.ofMinutes(10));
    evidence.came(peer(1), now);
    assertThat(judge()).isEqualTo(Reachability.PUBLIC);
  }

  @Test
  void oneNetworkIsEnoughToGoOnBelieving() {
    evidence.came(peer(1), now);
    evidence.came(peer(2), now);
    assertThat(judge()).isEqualTo(Reachability.PUBLIC);
    evidence.left(peer(1), now);

    pass(Duration.ofHours(3));
    assertThat(judge()).as("one connection is still open").isEqualTo(Reachability.PUBLIC);

    evidence.left(peer(2), now);
    pass(Duration.ofMinutes(59));
    assertThat(judge()).as("it ended less than an hour ago").isEqualTo(Reachability.PUBLIC);

    pass(Duration.ofMinutes(1));
    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);

    evidence.came(peer(3), now);
    assertThat(judge()).as("once lost, it takes two again").isEqualTo(Reachability.UNCONFIRMED);
  }

  @Test
  void inAnotherNetworkAllBeginsAnew() {
    evidence.came(peer(1), now);
    evidence.came(peer(2), now);
    assertThat(judge()).isEqualTo(Reachability.PUBLIC);

    evidence.listening(List.of(HOME));

    assertThat(judge()).isEqualTo(Reachability.LOCAL);
  }

  /// Starting a container does not move the machine.
  @Test
  void addressesThatComeAndGoBesideTheOthersTakeNothingBack() {
    Multiaddr container = tcp("172.18.0.1", 4001);
    evidence.came(peer(1), now);
    evidence.came(peer(2), now);

    evidence.listening(List.of(OWN, container));
    assertThat(judge()).isEqualTo(Reachability.PUBLIC);
    evidence.listening(List.of(OWN));
    assertThat(judge()).isEqualTo(Reachability.PUBLIC);
  }

  @Test
  void theLoopbackIsThereInEveryNetwork() {
    Multiaddr loopback = tcp("127.0.0.1", 4001);
    evidence.listening(List.of(OWN, loopback));
    evidence.came(peer(1), now);
    evidence.came(peer(2), now);

    evidence.listening(List.of(HOME, loopback));

    assertThat(judge()).isEqualTo(Reachability.LOCAL);
  }

  @Test
  void aRouterInBetweenShowsInWhatPeersOfThreeNetworksSee() {
    evidence.listening(List.of(HOME));
    for (int i = 1; i <= 2; i++) {
      evidence.observed(peer(i), tcp("9.9.9.9", 1_000 + i), false);
    }
    assertThat(judge()).isEqualTo(Reachability.LOCAL);

    evidence.observed(peer(3), tcp("9.9.9.9", 1_003), false);
    assertThat(judge()).isEqualTo(Reachability.TRANSLATED);
  }

  @Test
  void peersWhoSeeUsWhereWeListenSpeakOfNoRouter() {
    for (int i = 1; i <= 3; i++) {
      evidence.observed(peer(i), tcp("8.8.8.8", 1_000 + i), false);
    }

    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);
  }

  @Test
  void liarsOfThreeNetworksDoNotOutvoteTheOthers() {
    for (int i = 1; i <= 3; i++) {
      evidence.observed(peer(i), tcp("9.9.9.9", 4_001), true);
    }
    for (int i = 4; i <= 6; i++) {
      evidence.observed(peer(i), OWN, true);
    }

    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);
  }

  @Test
  void whatARouterForwardsIsKnownOncePeersHaveComeByIt() {
    evidence.listening(List.of(HOME));
    Multiaddr outside = tcp("9.9.9.9", 14_001);
    for (int i = 1; i <= 3; i++) {
      evidence.came(peer(i), now);
      evidence.observed(peer(i), outside, true);
    }

    assertThat(judge()).isEqualTo(Reachability.PUBLIC);
    assertThat(evidence.forwarded()).contains(outside);
  }

  @Test
  void thePortOfOurOwnDialIsNoAddressToBeFoundAt() {
    evidence.listening(List.of(HOME));
    for (int i = 1; i <= 3; i++) {
      evidence.came(peer(i), now);
      evidence.observed(peer(i), tcp("9.9.9.9", 14_001), false);
    }

    assertThat(judge()).isEqualTo(Reachability.PUBLIC);
    assertThat(evidence.forwarded()).isEmpty();
  }

  @Test
  void aServiceThatDialsBackIsBelievedForAnHour() {
    evidence.probed(true, now);
    assertThat(judge()).isEqualTo(Reachability.PUBLIC);

    evidence.probed(false, now);
    assertThat(judge()).isEqualTo(Reachability.UNREACHABLE);

    pass(Duration.ofHours(1));
    assertThat(judge()).isEqualTo(Reachability.UNCONFIRMED);
  }

  @Test
  void aFloodOfPeersAndAddressesIsNotRemembered() {
    for (int i = 0; i < 10_000; i++) {
      Multiaddr peer = tcp("20." + i % 256 + "." + i / 256 + ".1", 1_024 + i);
      evidence.came(tcp((30 + i / 256) + "." + i % 256 + ".1.1", 4001), now);
      evidence.left(tcp((30 + i / 256) + "." + i % 256 + ".1.1", 4001), now);
      evidence.observed(peer, tcp("9.9." + i % 256 + "." + i / 256, 4001), true);
      evidence.dialled(peer, now);
    }

    assertThat(evidence.remembered())
        .isEqualTo(Witnesses.REMEMBERED + ObservedAddresses.REMEMBERED + 1_024);
  }

  @Test
  void networksWithAnOpenConnectionAreNotForgottenForNewOnes() {
    evidence.came(peer(1), now);
    evidence.came(peer(2), now);
    for (int i = 3; i < 250; i++) {
      evidence.came(peer(i), now);
      evidence.left(peer(i), now);
    }

    pass(Duration.ofHours(2));

    assertThat(judge()).isEqualTo(Reachability.PUBLIC);
  }
}
