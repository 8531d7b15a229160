package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryProviderStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes KEY = Bytes.utf8("key");

  private final SplittableRandom random = new SplittableRandom(2);
  private final PeerInfo peer = Peers.info(random);

  private MemoryProviderStore store(ProviderLimits limits) {
    return new MemoryProviderStore(limits, random);
  }

  @Test
  void announcingAgainRenewsTheRecordAndItsAddresses() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, NOW);
    var moved = new PeerInfo(peer.id(), List.of(Peers.address(random)));
    Instant later = NOW.plus(Duration.ofHours(40));
    store.add(KEY, moved, later);
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.get(KEY, random, later.plus(Duration.ofHours(10)))).containsExactly(moved);
  }

  @Test
  void anExpiredRecordIsNotReadEvenIfNobodySweeps() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, NOW);
    assertThat(store.get(KEY, random, NOW.plus(Duration.ofHours(48)))).isEmpty();
    assertThat(store.size()).isZero();
  }

  @Test
  void sweepingForgetsTheExpired() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, NOW);
    store.add(Bytes.utf8("other"), peer, NOW.plus(Duration.ofHours(1)));
    store.sweep(NOW.plus(Duration.ofHours(48)));
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void whenAKeyIsFullSomebodyGivesWayToTheNewcomer() {
    var store = store(ProviderLimits.DEFAULT.withMaxProvidersPerKey(3));
    List<PeerInfo> peers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      PeerInfo next = Peers.info(random);
      peers.add(next);
      assertThat(store.add(KEY, next, NOW)).isEqualTo(StoreVerdict.STORED);
      assertThat(store.get(KEY, random, NOW)).contains(next);
    }
    assertThat(store.size()).isEqualTo(3);
    assertThat(peers).containsAll(store.get(KEY, random, NOW));
  }

  @Test
  void whenTheStoreIsFullTheKeyAnnouncedLongestAgoGivesWay() {
    var store = store(ProviderLimits.DEFAULT.withMaxRecords(3));
    for (int i = 0; i < 3; i++) {
      store.add(Bytes.utf8("key" + i), peer, NOW);
    }
    store.add(Bytes.utf8("key0"), peer, NOW);
    store.add(Bytes.utf8("key3"), peer, NOW);
    assertThat(store.size()).isEqualTo(3);
    assertThat(store.get(Bytes.utf8("key1"), random, NOW)).isEmpty();
    assertThat(store.get(Bytes.utf8("key0"), random, NOW)).hasSize(1);
  }

  @Test
  void aPeersShareIsGivenBackWhenItsRecordsGo() {
    var store = store(ProviderLimits.DEFAULT.withMaxRecordsPerPeer(2));
    store.add(Bytes.utf8("a"), peer, NOW);
    store.add(Bytes.utf8("b"), peer, NOW);
    assertThat(store.add(Bytes.utf8("c"), peer, NOW)).isEqualTo(StoreVerdict.QUOTA);
    assertThat(store.remove(Bytes.utf8("a"), peer.id())).isTrue();
    assertThat(store.remove(Bytes.utf8("a"), peer.id())).isFalse();
    assertThat(store.add(Bytes.utf8("c"), peer, NOW)).isEqualTo(StoreVerdict.STORED);
  }

  @Test
  void aReplyNamesARandomSubset() {
    var store = store(ProviderLimits.DEFAULT);
    for (int i = 0; i < 500; i++) {
      store.add(KEY, Peers.info(random), NOW);
    }
    var seen = new HashSet<PeerInfo>();
    for (int i = 0; i < 40; i++) {
      List<PeerInfo> some = store.get(KEY, random, NOW);
      assertThat(some).hasSize(100).doesNotHaveDuplicates();
      seen.addAll(some);
    }
    assertThat(seen).hasSizeGreaterThan(490);
    assertThat(store.size()).isEqualTo(500);
  }
}
