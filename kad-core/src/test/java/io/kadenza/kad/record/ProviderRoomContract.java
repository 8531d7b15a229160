package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What gives way in any provider store when there is no more room, and who may have how much.
public abstract class ProviderRoomContract extends ProviderStoreFixture {
  @Test
  void whenAKeyIsFullSomebodyGivesWayToTheNewcomer() {
    var store = store(ProviderLimits.DEFAULT.withMaxProvidersPerKey(3));
    List<PeerInfo> peers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      PeerInfo next = Peers.info(random);
      peers.add(next);
      assertThat(store.add(KEY, next, Sender.of(next), NOW)).isEqualTo(StoreVerdict.STORED);
      assertThat(store.get(KEY, random, NOW)).contains(next);
    }
    assertThat(store.size()).isEqualTo(3);
    assertThat(peers).containsAll(store.get(KEY, random, NOW));
  }

  @Test
  void whenTheStoreIsFullTheKeyThatItsOnlyPeerAnnouncedLongestAgoGivesWay() {
    var store = store(ProviderLimits.DEFAULT.withMaxRecords(3));
    for (int i = 0; i < 3; i++) {
      store.add(Bytes.utf8("key" + i), peer, Sender.of(peer), NOW);
    }
    store.add(Bytes.utf8("key0"), peer, Sender.of(peer), NOW);
    store.add(Bytes.utf8("key3"), peer, Sender.of(peer), NOW);
    assertThat(store.size()).isEqualTo(3);
    assertThat(store.get(Bytes.utf8("key1"), random, NOW)).isEmpty();
    assertThat(store.get(Bytes.utf8("key0"), random, NOW)).hasSize(1);
  }

  @Test
  void aPeersShareIsGivenBackWhenItsRecordsGo() {
    var store = store(ProviderLimits.DEFAULT.withMaxRecordsPerPeer(2));
    store.add(Bytes.utf8("a"), peer, Sender.of(peer), NOW);
    store.add(Bytes.utf8("b"), peer, Sender.of(peer), NOW);
    assertThat(store.add(Bytes.utf8("c"), peer, Sender.of(peer), NOW))
        .isEqualTo(StoreVerdict.QUOTA);
    assertThat(store.remove(Bytes.utf8("a"), peer.id())).isTrue();
    assertThat(store.remove(Bytes.utf8("a"), peer.id())).isFalse();
    assertThat(store.add(Bytes.utf8("c"), peer, Sender.of(peer), NOW))
        .isEqualTo(StoreVerdict.STORED);
  }

  /// A peer with a public address in the /16 of that number.
  private PeerInfo inGroup(int group) {
    var address =
        Multiaddr.parse(
            "/ip4/%d.%d.%d.1/tcp/4001"
                .formatted(81 + group / 256, group % 256, random.nextInt(256)));
    return new PeerInfo(Peers.id(random), List.of(address));
  }

  @Test
  void ofOneGroupOfAddressesAKeyHasNoMoreThanItsShare() {
    var store = store(ProviderLimits.DEFAULT);
    PeerInfo lonely = inGroup(2);
    store.add(KEY, lonely, Sender.of(lonely), NOW);
    for (int i = 0; i < 200; i++) {
      PeerInfo next = inGroup(1);
      assertThat(store.add(KEY, next, Sender.of(next), NOW)).isEqualTo(StoreVerdict.STORED);
      assertThat(store.get(KEY, random, NOW)).contains(next, lonely);
    }
    assertThat(store.size()).isEqualTo(65);
  }

  @Test
  void whoeverClaimsAnothersAddressesTakesNoPlaceOfHis() {
    var store = store(ProviderLimits.DEFAULT.withMaxPerIpGroup(4));
    PeerInfo honest = inGroup(2);
    store.add(KEY, honest, Sender.of(honest), NOW);
    for (int i = 0; i < 200; i++) {
      PeerInfo liar = inGroup(2);
      store.add(KEY, liar, new Sender(liar.id(), Sender.of(inGroup(1)).ipGroup()), NOW);
    }
    assertThat(store.get(KEY, random, NOW)).contains(honest).hasSize(5);
  }

  /// With as many ids as it takes, each at the limit of one peer.
  @Test
  void whoFillsTheStoreFromOneNetworkTakesNothingFromOthersAndKeepsNobodyOut() {
    var limits = ProviderLimits.DEFAULT.withMaxRecords(2_000).withMaxRecordsPerPeer(100);
    var store = store(limits);
    List<PeerInfo> early = announceEach(store, "early", 3, 100);
    fill(store, 1, 64, 100);
    assertThat(store.size()).isEqualTo(2_000);
    store = reopened(store, limits, NOW.plus(Duration.ofHours(1)));
    List<PeerInfo> late = announceEach(store, "late", 103, 100);
    fill(store, 1, 64, 100);
    assertThat(store.size()).isEqualTo(2_000);
    for (int i = 0; i < 100; i++) {
      assertThat(store.get(Bytes.utf8("early" + i), random, NOW)).containsExactly(early.get(i));
      assertThat(store.get(Bytes.utf8("late" + i), random, NOW)).containsExactly(late.get(i));
    }
  }

  /// A peer takes more memory than a record.
  @Test
  void whoComesWithAPeerIdForEachRecordMakesRoomForOthers() {
    var limits = ProviderLimits.DEFAULT.withMaxPeers(100);
    var store = store(limits);
    List<PeerInfo> early = announceEach(store, "early", 3, 50);
    List<PeerInfo> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      PeerInfo one = inGroup(1);
      many.add(one);
      store.add(Bytes.utf8("one" + i), one, Sender.of(one), NOW);
    }
    assertThat(store.size()).isEqualTo(100);
    store = reopened(store, limits, NOW);
    PeerInfo known = many.getLast();
    assertThat(store.add(Bytes.utf8("a"), known, Sender.of(known), NOW).isStored()).isTrue();
    assertThat(store.size()).isEqualTo(101);
    for (int i = 0; i < 20; i++) {
      PeerInfo late = inGroup(300 + i);
      // One in some twenty finds none of the many at first, and has to come again.
      for (int tries = 0; store.get(KEY, random, NOW).size() <= i; tries++) {
        assertThat(tries).isLessThan(5);
        store.add(KEY, late, Sender.of(late), NOW);
      }
    }
    for (int i = 0; i < 50; i++) {
      assertThat(store.get(Bytes.utf8("early" + i), random, NOW)).containsExactly(early.get(i));
    }
  }

  /// The attacker's records lie under few keys, and those of the others under one each.
  @Test
  void whoFillsTheStoreUnderAFewKeysMakesRoomToo() {
    var store = store(ProviderLimits.DEFAULT.withMaxRecords(1_000));
    announceEach(store, "early", 3, 200);
    for (int i = 0; i < 800; i++) {
      PeerInfo one = inGroup(1);
      store.add(Bytes.utf8("few" + i / 64), one, Sender.of(one), NOW);
    }
    int taken = 0;
    for (int i = 0; i < 200; i++) {
      PeerInfo one = inGroup(300 + i);
      taken += store.add(Bytes.utf8("late" + i), one, Sender.of(one), NOW).isStored() ? 1 : 0;
    }
    assertThat(taken).isGreaterThan(150);
    assertThat(store.size()).isEqualTo(1_000);
    for (int i = 0; i < 200; i++) {
      assertThat(store.get(Bytes.utf8("early" + i), random, NOW)).hasSize(1);
    }
  }

  @Test
  void whoHasAsMuchAsEverybodyIsRefusedInAFullStoreUntilOthersDoNotComeAgain() {
    var store = store(ProviderLimits.DEFAULT.withMaxRecords(10));
    announceEach(store, "early", 3, 10);
    PeerInfo next = inGroup(1);
    assertThat(store.add(KEY, next, Sender.of(next), NOW)).isEqualTo(StoreVerdict.FULL);
    Instant later = NOW.plus(Duration.ofHours(24));
    assertThat(store.add(KEY, next, Sender.of(next), later)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.size()).isEqualTo(10);
  }

  @Test
  void whoMovesTakesItsRecordsAlong() {
    var store = store(ProviderLimits.DEFAULT.withMaxRecords(10));
    PeerInfo rich = inGroup(1);
    for (int i = 0; i < 8; i++) {
      store.add(Bytes.utf8("rich" + i), rich, Sender.of(rich), NOW);
    }
    announceEach(store, "early", 3, 2);
    var moved = new PeerInfo(rich.id(), inGroup(2).addresses());
    store.add(Bytes.utf8("rich0"), moved, Sender.of(moved), NOW);
    PeerInfo neighbour = inGroup(1);
    assertThat(store.add(KEY, neighbour, Sender.of(neighbour), NOW)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.get(Bytes.utf8("early0"), random, NOW)).hasSize(1);
    assertThat(store.get(Bytes.utf8("early1"), random, NOW)).hasSize(1);
  }

  /// One peer of each of so many networks announces one key of its own.
  private List<PeerInfo> announceEach(ProviderStore store, String name, int firstGroup, int count) {
    var peers = new ArrayList<PeerInfo>();
    for (int i = 0; i < count; i++) {
      PeerInfo one = inGroup(firstGroup + i);
      peers.add(one);
      store.add(Bytes.utf8(name + i), one, Sender.of(one), NOW);
    }
    return peers;
  }

  private void fill(ProviderStore store, int group, int ids, int keys) {
    for (int id = 0; id < ids; id++) {
      PeerInfo one = inGroup(group);
      for (int key = 0; key < keys; key++) {
        store.add(Bytes.utf8("fill" + one.id() + key), one, Sender.of(one), NOW);
      }
    }
  }

  @Test
  void privateAddressesAreOfNoGroup() {
    var store = store(ProviderLimits.DEFAULT.withMaxPerIpGroup(2));
    for (int i = 0; i < 5; i++) {
      var address = Multiaddr.parse("/ip4/192.168.1." + i + "/tcp/4001");
      var local = new PeerInfo(Peers.id(random), List.of(address));
      store.add(KEY, local, Sender.of(local), NOW);
    }
    assertThat(store.size()).isEqualTo(5);
  }

  @Test
  void aRestartKeepsTheOrderInWhichKeysGiveWay() {
    var limits = ProviderLimits.DEFAULT.withMaxRecords(3);
    var store = store(limits);
    for (int i = 0; i < 3; i++) {
      store.add(Bytes.utf8("key" + (2 - i)), peer, Sender.of(peer), NOW.plusSeconds(i));
    }
    Instant later = NOW.plusSeconds(10);
    store = reopened(store, limits, later);
    store.add(Bytes.utf8("another"), peer, Sender.of(peer), later);
    assertThat(store.get(Bytes.utf8("key2"), random, later)).isEmpty();
    assertThat(store.get(Bytes.utf8("key1"), random, later)).hasSize(1);
  }

  @Test
  void whoMayHaveNoRecordsHasNone() {
    var store = store(ProviderLimits.DEFAULT.withMaxRecordsPerPeer(0));
    assertThat(store.add(KEY, peer, Sender.of(peer), NOW)).isEqualTo(StoreVerdict.QUOTA);
    assertThat(store.size()).isZero();
  }
}
