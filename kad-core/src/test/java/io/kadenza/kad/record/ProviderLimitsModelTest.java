package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The provider store with limits at their ends, through random lives. Who gives way is chosen by
/// chance, so a model can only tell what may be there: whoever has said so, for as long as it may,
/// within every limit, and whoever was taken just now.
class ProviderLimitsModelTest {
  private static final int STEPS = 400;

  private SplittableRandom dice = new SplittableRandom();
  private ProviderLimits limits = ProviderLimits.DEFAULT;

  /// When each peer announced each key last.
  private final Map<Bytes, Map<PeerId, Instant>> said = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noLimitIsExceededAndNobodyIsMadeUp(long seed) {
    dice = new SplittableRandom(seed);
    limits = limits();
    var store = new MemoryProviderStore(limits, dice.split());
    var peers = new ArrayList<PeerInfo>();
    for (int i = 0; i < 10; i++) {
      peers.add(Peers.info(dice));
    }
    List<Bytes> keys = keys();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    for (int step = 0; step < STEPS; step++) {
      String which = "seed %d, step %d, %s".formatted(seed, step, limits);
      Bytes key = keys.get(dice.nextInt(keys.size()));
      PeerInfo peer = peers.get(dice.nextInt(peers.size()));
      switch (dice.nextInt(12)) {
        case 0 -> now = now.plusSeconds(dice.nextInt(150));
        case 1 -> {
          sweepAll(store, now);
          assertThat(store.size()).as(which).isEqualTo(count(store, keys, null, now));
        }
        case 2 -> {
          boolean held = ids(store, key, now).contains(peer.id());
          assertThat(store.remove(key, peer.id())).as(which).isIn(true, held);
          assertThat(ids(store, key, now)).as(which).doesNotContain(peer.id());
        }
        default -> add(store, keys, key, peer, now, which);
      }
      check(store, keys, now, which);
    }
    sweepAll(store, now.plus(Duration.ofDays(1)));
    assertThat(store.size()).as("seed %d", seed).isZero();
  }

  private int oneOf(int... choices) {
    return choices[dice.nextInt(choices.length)];
  }

  private ProviderLimits limits() {
    return ProviderLimits.DEFAULT
        .withMaxProvidersPerKey(oneOf(1, 2, 5, 1_000))
        .withMaxPerIpGroup(oneOf(1, 2, 1_000))
        .withMaxRecords(oneOf(0, 1, 2, 10, 1_000))
        .withMaxPeers(oneOf(0, 1, 3, 1_000))
        .withMaxAddressBytes(oneOf(0, 100, 100_000))
        .withMaxRecordsPerPeer(oneOf(0, 1, 3, 1_000))
        .withMaxReplied(oneOf(1, 3, 100))
        .withTtl(Duration.ofSeconds(300), Duration.ofSeconds(oneOf(100, 1_000)));
  }

  private List<Bytes> keys() {
    var keys = new ArrayList<Bytes>();
    for (int i = 0; i < 8; i++) {
      byte[] key = new byte[oneOf(0, 20, 20, 20, 34, 80, 81)];
      dice.nextBytes(key);
      keys.add(Bytes.wrap(key));
    }
    return keys.stream().distinct().toList();
  }

  private static List<PeerId> ids(ProviderStore store, Bytes key, Instant now) {
    return store.held(key, now).stream().map(PeerInfo::id).toList();
  }

  /// How many records there are of a peer, or of all.
  private static int count(
      ProviderStore store, List<Bytes> keys, @Nullable PeerId of, Instant now) {
    return (int)
        keys.stream()
            .flatMap(key -> ids(store, key, now).stream())
            .filter(id -> of == null || id.equals(of))
            .count();
  }

  private static void sweepAll(ProviderStore store, Instant now) {
    while (store.sweep(now)) {
      // Until all of it is looked at.
    }
  }

  /// Which network a peer announces from does not change.
  private static Sender sender(PeerInfo peer) {
    return new Sender(peer.id(), Math.floorMod(peer.id().hashCode(), 4));
  }

  private void add(
      ProviderStore store, List<Bytes> keys, Bytes key, PeerInfo peer, Instant now, String which) {
    boolean renewed = ids(store, key, now).contains(peer.id());
    int others = count(store, keys, peer.id(), now) - (renewed ? 1 : 0);
    StoreVerdict verdict = store.add(key, peer, sender(peer), now);
    if (key.isEmpty() || key.size() > ProviderLimits.MAX_KEY_BYTES) {
      assertThat(verdict).as(which).isEqualTo(StoreVerdict.TOO_LARGE);
    } else if (verdict.isStored()) {
      said.computeIfAbsent(key, _ -> new HashMap<>()).put(peer.id(), now);
      assertThat(ids(store, key, now)).as(which).contains(peer.id());
      assertThat(others).as(which).isLessThan(limits.maxRecordsPerPeer());
    } else {
      assertThat(verdict).as(which).isIn(StoreVerdict.QUOTA, StoreVerdict.FULL);
      assertThat(renewed).as(which).isFalse();
      assertThat(ids(store, key, now)).as(which).doesNotContain(peer.id());
    }
  }

  private void check(ProviderStore store, List<Bytes> keys, Instant now, String which) {
    assertThat(store.size()).as(which).isLessThanOrEqualTo(limits.maxRecords());
    var everybody = new HashSet<PeerId>();
    for (Bytes key : keys) {
      List<PeerInfo> held = store.held(key, now);
      assertThat(held).as(which).hasSizeLessThanOrEqualTo(limits.maxProvidersPerKey());
      assertThat(held).as(which).extracting(PeerInfo::id).doesNotHaveDuplicates();
      var ofNetwork = new HashMap<Long, Integer>();
      for (PeerInfo peer : held) {
        everybody.add(peer.id());
        Instant at = said.getOrDefault(key, Map.of()).get(peer.id());
        assertThat(at).as(which).isNotNull().isAfter(now.minus(limits.ttl()));
        long network = sender(peer).ipGroup();
        int fellows = network == 0 ? 0 : ofNetwork.merge(network, 1, Integer::sum);
        assertThat(fellows).as(which).isLessThanOrEqualTo(limits.maxPerIpGroup());
      }
      assertThat(store.get(key, dice, now))
          .as(which)
          .hasSize(Math.min(limits.maxReplied(), held.size()))
          .isSubsetOf(held)
          .doesNotHaveDuplicates();
    }
    assertThat(everybody).as(which).hasSizeLessThanOrEqualTo(limits.maxPeers());
  }
}
