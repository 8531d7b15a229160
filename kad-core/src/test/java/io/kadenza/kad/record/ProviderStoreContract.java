package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
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

/// What every provider store keeps, how long, and what it tells.
public abstract class ProviderStoreContract extends ProviderStoreFixture {
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
    var largest = Bytes.of(new byte[ProviderLimits.MAX_KEY_BYTES]);
    assertThat(store.add(largest, peer, Sender.of(peer), NOW)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.get(largest, random, NOW)).containsExactly(peer);
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
