package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every provider store does, wherever it keeps its records. Between two calls a test may end
/// the store's life and begin the next one with [#reopened].
public abstract class ProviderStoreContract {
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes KEY = Bytes.utf8("key");

  protected final SplittableRandom random = new SplittableRandom(2);
  private final PeerInfo peer = Peers.info(random);

  /// An empty store.
  protected abstract ProviderStore store(ProviderLimits limits);

  /// The same store in its next life, if it has one.
  protected ProviderStore reopened(ProviderStore store, ProviderLimits limits, Instant now) {
    return store;
  }

  @Test
  void announcingAgainRenewsTheRecordAndItsAddresses() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, Sender.of(peer), NOW);
    var moved = new PeerInfo(peer.id(), List.of(Peers.address(random)));
    Instant later = NOW.plus(Duration.ofHours(40));
    store.add(KEY, moved, Sender.of(moved), later);
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.get(KEY, random, later.plus(Duration.ofHours(10)))).containsExactly(moved);
  }

  @Test
  void aKeyThatIsTooLargeIsNeitherKeptNorFound() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, Sender.of(peer), NOW);
    var large = Bytes.of(new byte[ProviderLimits.MAX_KEY_BYTES + 9]);
    assertThat(store.add(large, peer, Sender.of(peer), NOW)).isEqualTo(StoreVerdict.TOO_LARGE);
    assertThat(store.get(large, random, NOW)).isEmpty();
    assertThat(store.remove(large, peer.id())).isFalse();
  }

  @Test
  void anExpiredRecordIsNotReadEvenIfNobodySweeps() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, Sender.of(peer), NOW);
    assertThat(store.get(KEY, random, NOW.plus(Duration.ofHours(48)))).isEmpty();
    assertThat(store.size()).isZero();
  }

  @Test
  void whoeverLooksSeesAllThatAreNotExpiredAndChangesNothing() {
    var store = store(ProviderLimits.DEFAULT);
    List<PeerInfo> all = Peers.contacts(150, random).stream().map(Contact::info).toList();
    List<PeerInfo> late = all.subList(70, 150);
    for (PeerInfo provider : all) {
      store.add(
          KEY,
          provider,
          Sender.of(provider),
          late.contains(provider) ? NOW.plus(Duration.ofHours(1)) : NOW);
    }
    assertThat(store.held(KEY, NOW.plus(Duration.ofHours(2)))).hasSize(150);
    assertThat(store.held(KEY, NOW.plus(Duration.ofHours(48))))
        .extracting(PeerInfo::id)
        .containsExactlyInAnyOrderElementsOf(late.stream().map(PeerInfo::id).toList());
    assertThat(store.size()).isEqualTo(150);
    assertThat(store.held(Bytes.utf8("other"), NOW)).isEmpty();
  }

  @Test
  void sweepingForgetsTheExpired() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, Sender.of(peer), NOW);
    store.add(Bytes.utf8("other"), peer, Sender.of(peer), NOW.plus(Duration.ofHours(1)));
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
  void addressesAreForgottenBeforeTheRecord() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, Sender.of(peer), NOW);
    store = reopened(store, ProviderLimits.DEFAULT, NOW.plus(Duration.ofHours(1)));
    assertThat(store.get(KEY, random, NOW.plus(Duration.ofMinutes(23 * 60 + 30))))
        .containsExactly(peer);
    assertThat(store.get(KEY, random, NOW.plus(Duration.ofHours(24))))
        .containsExactly(new PeerInfo(peer.id(), List.of()));
  }

  @Test
  void t45AClockThatWasSetBackMakesNothingLiveLonger() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, Sender.of(peer), NOW.plus(Duration.ofHours(1)));
    assertThat(store.get(KEY, random, NOW)).containsExactly(peer);
    assertThat(store.get(KEY, random, NOW.plus(Duration.ofHours(47)))).hasSize(1);
    assertThat(store.get(KEY, random, NOW.plus(Duration.ofHours(48)))).isEmpty();
  }

  @Test
  void t45AClockThatLeaps49HoursForgetsAllAndTakesWhatComesNext() {
    var store = store(ProviderLimits.DEFAULT);
    store.add(KEY, peer, Sender.of(peer), NOW);
    Instant then = NOW.plus(Duration.ofHours(49));
    assertThat(store.get(KEY, random, then)).isEmpty();
    assertThat(store.add(KEY, peer, Sender.of(peer), then)).isEqualTo(StoreVerdict.STORED);
    store = reopened(store, ProviderLimits.DEFAULT, then);
    assertThat(store.get(KEY, random, then.plus(Duration.ofHours(47)))).hasSize(1);
  }

  /// The keys were announced a second apart, and so they expire, while the sweep is in the middle
  /// of the store.
  @Test
  void t45WhatExpiresWhileItIsSweptIsServedUntilThenAndNoLonger() {
    int keys = 9_000;
    var limits = ProviderLimits.DEFAULT.withMaxRecordsPerPeer(keys);
    var store = store(limits);
    for (int i = 0; i < keys; i++) {
      store.add(Bytes.utf8("key " + i), peer, Sender.of(peer), NOW.plusSeconds(i));
    }
    Instant first = NOW.plus(Duration.ofHours(48));
    for (int passed = 0; passed < keys; passed += 60) {
      Instant now = first.plusSeconds(passed);
      store.sweep(now);
      for (int i : new int[] {0, passed - 1, passed, passed + 1, random.nextInt(keys), keys - 1}) {
        int expected = i > passed && i < keys ? 1 : 0;
        assertThat(store.get(Bytes.utf8("key " + i), random, now))
            .as("key %d after %d s", i, passed)
            .hasSize(expected);
      }
    }
    while (store.sweep(first.plusSeconds(keys))) {
      // To the end.
    }
    assertThat(store.size()).isZero();
  }

  @Test
  void aRestartKeepsRecordsQuotasAndTimes() {
    var limits = ProviderLimits.DEFAULT.withMaxRecordsPerPeer(2);
    var store = store(limits);
    store.add(Bytes.utf8("a"), peer, Sender.of(peer), NOW);
    store.add(Bytes.utf8("b"), peer, Sender.of(peer), NOW.plus(Duration.ofHours(1)));
    Instant later = NOW.plus(Duration.ofHours(2));
    store = reopened(store, limits, later);
    assertThat(store.size()).isEqualTo(2);
    assertThat(store.get(Bytes.utf8("a"), random, later)).containsExactly(peer);
    assertThat(store.add(Bytes.utf8("c"), peer, Sender.of(peer), later))
        .isEqualTo(StoreVerdict.QUOTA);
    assertThat(store.get(Bytes.utf8("a"), random, NOW.plus(Duration.ofHours(48)))).isEmpty();
    assertThat(store.get(Bytes.utf8("b"), random, NOW.plus(Duration.ofHours(48)))).hasSize(1);
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
  void sweepingTakesStepsAndGetsThroughInTheEnd() {
    var store = store(ProviderLimits.DEFAULT);
    int keys = 10_000;
    for (int i = 0; i < keys; i++) {
      store.add(Bytes.utf8("key " + i), peer, Sender.of(peer), NOW);
    }
    Instant then = NOW.plus(Duration.ofHours(48));
    int steps = 1;
    while (store.sweep(then)) {
      steps++;
    }
    assertThat(steps).isGreaterThan(1);
    assertThat(store.size()).isZero();
  }

  /// Against a plain map of maps, with lives that end when they like.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void itBehavesAsAMapDoes(long seed) {
    var dice = new SplittableRandom(seed);
    var peers = new ArrayList<PeerInfo>();
    for (int i = 0; i < 12; i++) {
      peers.add(Peers.info(dice));
    }
    var limits = ProviderLimits.DEFAULT.withTtl(Duration.ofSeconds(300), Duration.ofSeconds(600));
    var store = store(limits);
    var expected = new HashMap<Bytes, Map<PeerInfo, Instant>>();
    Instant now = NOW;
    for (int i = 0; i < 3_000; i++) {
      now = now.plusSeconds(dice.nextInt(3));
      Instant present = now;
      expected.values().forEach(map -> map.values().removeIf(end -> !present.isBefore(end)));
      Bytes key = Bytes.utf8("key " + dice.nextInt(30));
      PeerInfo one = peers.get(dice.nextInt(peers.size()));
      var held = expected.computeIfAbsent(key, _ -> new HashMap<>());
      switch (dice.nextInt(10)) {
        case 0, 1, 2, 3 -> {
          store.add(key, one, Sender.of(one), now);
          held.put(one, now.plusSeconds(300));
        }
        case 4, 5 ->
            assertThat(store.remove(key, one.id()))
                .as("seed %d, step %d", seed, i)
                .isIn(held.remove(one) != null, true);
        case 6 -> {
          while (store.sweep(now)) {
            // Until all of it is looked at.
          }
          assertThat(store.size())
              .as("seed %d, step %d", seed, i)
              .isEqualTo(expected.values().stream().mapToInt(Map::size).sum());
        }
        case 7 -> store = dice.nextInt(20) == 0 ? reopened(store, limits, now) : store;
        default ->
            assertThat(store.get(key, dice, now))
                .as("seed %d, step %d", seed, i)
                .containsExactlyInAnyOrderElementsOf(held.keySet());
      }
    }
  }

  @Test
  void aReplyNamesARandomSubset() {
    var store = store(ProviderLimits.DEFAULT.withMaxPerIpGroup(1_024));
    for (int i = 0; i < 500; i++) {
      PeerInfo one = Peers.info(random);
      store.add(KEY, one, Sender.of(one), NOW);
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
