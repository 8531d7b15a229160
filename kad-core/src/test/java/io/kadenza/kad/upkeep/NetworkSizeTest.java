package io.kadenza.kad.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkSizeTest {
  private final SplittableRandom random = new SplittableRandom(8);
  private final NetworkSize size = new NetworkSize();

  private void walk(List<Contact> network, int walks, int now) {
    for (int i = 0; i < walks; i++) {
      KadKey target = KadKey.of(Peers.key(random));
      Comparator<Contact> nearer = (a, b) -> target.compareDistance(a.key(), b.key());
      size.observe(target, network.stream().sorted(nearer).limit(20).toList(), now);
    }
  }

  private List<Contact> network(int count) {
    return Stream.generate(() -> Contact.of(Peers.id(random))).limit(count).toList();
  }

  @Test
  void fewWalksSayNothing() {
    walk(network(100), 4, 0);
    assertThat(size.estimate(0)).isEmpty();
  }

  @Test
  void theSizeIsEstimatedFromTheDistances() {
    walk(network(2_000), 150, 0);
    assertThat(size.estimate(0).orElseThrow()).isCloseTo(2_000, withPercentage(10));
  }

  @Test
  void whoeverCrowdsAroundAFifthOfTheKeysHardlyMovesTheEstimate() {
    walk(network(2_000), 80, 0);
    walk(network(50_000), 20, 0);
    assertThat(size.estimate(0).orElseThrow()).isCloseTo(2_000, withPercentage(25));
  }

  @Test
  void aNeighbourhoodTellsOfANetworkThatHasGrownOrShrunk() {
    walk(network(2_000), 10, 0);
    assertThat(isContradictedBy(network(2_000))).isFalse();
    assertThat(isContradictedBy(network(20_000))).isTrue();
    assertThat(isContradictedBy(network(200))).isTrue();
  }

  private boolean isContradictedBy(List<Contact> network) {
    KadKey point = KadKey.of(Peers.key(random));
    Comparator<Contact> nearer = (a, b) -> point.compareDistance(a.key(), b.key());
    List<Contact> closest = network.stream().sorted(nearer).limit(20).toList();
    return size.isContradictedBy(point, closest, 0);
  }

  @Test
  void oldWalksAreForgotten() {
    walk(network(2_000), 40, 0);
    assertThat(size.estimate(28_801)).isEmpty();
    walk(network(200), 40, 28_801);
    assertThat(size.estimate(28_801).orElseThrow()).isCloseTo(200, withPercentage(15));
  }

  @Test
  void whatIsRememberedIsBounded() {
    List<Contact> small = network(50);
    walk(small, 1_000, 0);
    assertThat(size.estimate(0).orElseThrow()).isCloseTo(50, withPercentage(20));
  }
}
