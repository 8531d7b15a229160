package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every store of values does, wherever it keeps them. Between two calls a test may end the
/// store's life and begin the next one with [#reopened].
public abstract class RecordStoreContract {
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes KEY = Bytes.utf8("key");

  private final SplittableRandom random = new SplittableRandom(1);
  private final Sender peer = sender();

  /// An empty store.
  protected abstract RecordStore store(RecordLimits limits);

  /// The same store in its next life, if it has one.
  protected RecordStore reopened(RecordStore store, RecordLimits limits, Instant now) {
    return store;
  }

  /// A peer without a public address.
  private Sender sender() {
    return Sender.of(Peers.id(random));
  }

  /// One of many at addresses that one owner has.
  private Sender sender(int network) {
    return new Sender(Peers.id(random), network);
  }

  private static Record record(String key, int size) {
    return new Record(Bytes.utf8(key), Bytes.wrap(new byte[size]));
  }

  @Test
  void itGivesBackWhatItTookStampedByUs() {
    var store = store(RecordLimits.DEFAULT);
    assertThat(store.put(record("key", 5), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.get(KEY, NOW)).contains(record("key", 5).receivedAt(NOW));
  }

  @Test
  void anExpiredRecordIsNotReadEvenIfNobodySweeps() {
    var store = store(RecordLimits.DEFAULT.withTtl(Duration.ofHours(1)));
    store.put(record("key", 5), peer, NOW, Instant.MAX);
    assertThat(store.get(KEY, NOW.plusSeconds(3599))).isPresent();
    assertThat(store.get(KEY, NOW.plusSeconds(3600))).isEmpty();
    assertThat(store.size()).isZero();
  }

  @Test
  void sweepingForgetsTheExpired() {
    var store = store(RecordLimits.DEFAULT.withTtl(Duration.ofHours(1)));
    store.put(record("a", 5), peer, NOW, Instant.MAX);
    store.put(record("b", 5), peer, NOW.plusSeconds(1800), Instant.MAX);
    store.sweep(NOW.plusSeconds(3600));
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void whatHasExpiredCountsNoMore() {
    var limits = new RecordLimits(100, 100, 4, 200, 2, 100, Duration.ofHours(1));
    var store = store(limits);
    store.put(record("a", 49), peer, NOW, Instant.MAX);
    store.put(record("b", 49), peer, NOW, Instant.MAX);
    assertThat(store.bytes()).isEqualTo(100);
    Instant later = NOW.plusSeconds(3600);
    store.sweep(later);
    assertThat(store.bytes()).isZero();
    store.put(record("c", 49), peer, later, Instant.MAX);
    assertThat(store.put(record("d", 49), peer, later, Instant.MAX)).isEqualTo(StoreVerdict.STORED);
    store.put(record("e", 99), sender(), later, Instant.MAX);
    // The store is full, which ends the lives of those that are over as a sweep does.
    Instant last = later.plusSeconds(3600);
    assertThat(store.put(record("f", 99), peer, last, Instant.MAX)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.bytes()).isEqualTo(100);
    assertThat(store.size()).isEqualTo(1);
    store = reopened(store, limits, last);
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void replacingCountsOnce() {
    var store = store(RecordLimits.DEFAULT.withPerPeer(1, 100));
    for (int i = 0; i < 10; i++) {
      assertThat(store.put(record("key", 90 + i % 3), peer, NOW, Instant.MAX))
          .isEqualTo(StoreVerdict.STORED);
    }
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.put(record("other", 1), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.QUOTA);
    // Somebody else's record under the same key gives the first one its share back.
    assertThat(store.put(record("key", 1), sender(), NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
    assertThat(store.put(record("other", 1), peer, NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void otherThreadsReadWhatTheStoreHas(long seed) {
    var script = new SplittableRandom(seed);
    var limits = new RecordLimits(100, 100, 4, 250, 3, 200, Duration.ofHours(1));
    var store = store(limits);
    Instant now = NOW;
    for (int step = 0; step < 1_000; step++) {
      String key = "key " + script.nextInt(8);
      switch (script.nextInt(8)) {
        case 0 -> now = now.plusSeconds(script.nextInt(3_600));
        case 1 -> now = now.minusSeconds(script.nextInt(600));
        case 2 -> store.sweep(now);
        case 3 -> store.get(Bytes.utf8(key), now);
        case 4 -> store = reopened(store, limits, now);
        default ->
            store.put(record(key, script.nextInt(90)), sender(script.nextInt(3)), now, Instant.MAX);
      }
      for (int i = 0; i < 8; i++) {
        Bytes any = Bytes.utf8("key " + i);
        assertThat(store.shelf().orElseThrow().get(any, now))
            .as("seed %d, step %d", seed, step)
            .isEqualTo(store.held(any, now).map(HeldValue::record));
      }
    }
  }

  @Test
  void oneRecordMayNotExceedAPeersBytes() {
    var store = store(RecordLimits.DEFAULT.withPerPeer(10, 100));
    assertThat(store.put(record("key", 98), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.QUOTA);
    assertThat(store.put(record("key", 97), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.put(record("k", 0), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.QUOTA);
  }

  @Test
  void aFullStoreRefusesUntilSomethingExpires() {
    var store = store(RecordLimits.DEFAULT.withMaxRecords(2).withTtl(Duration.ofHours(1)));
    store.put(record("a", 1), peer, NOW, Instant.MAX);
    store.put(record("b", 1), peer, NOW, Instant.MAX);
    assertThat(store.put(record("c", 1), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.FULL);
    assertThat(store.put(record("a", 2), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.put(record("c", 1), peer, NOW.plusSeconds(3600), Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
  }

  @Test
  void whoFillsTheStoreWithManyIdsShutsNobodyOutAndTakesNothingFromOthers() {
    var store = store(RecordLimits.DEFAULT.withMaxRecords(100));
    store.put(record("early", 1), sender(1), NOW, Instant.MAX);
    int stored = 0;
    for (int i = 0; i < 200; i++) {
      var verdict = store.put(record("greedy " + i, 1), sender(2), NOW, Instant.MAX);
      stored += verdict.isStored() ? 1 : 0;
    }
    assertThat(stored).isEqualTo(99);
    for (int i = 0; i < 20; i++) {
      var late = record("late " + i, 1);
      assertThat(store.put(late, sender(10 + i), NOW, Instant.MAX)).isEqualTo(StoreVerdict.STORED);
    }
    assertThat(store.size()).isEqualTo(100);
    assertThat(store.get(Bytes.utf8("early"), NOW)).isPresent();
    assertThat(store.get(Bytes.utf8("greedy 19"), NOW)).as("the eldest gave way").isEmpty();
    assertThat(store.get(Bytes.utf8("greedy 20"), NOW)).isPresent();
  }

  @Test
  void whoStoresAgainWhatIsThereDoesNotMakeItHis() {
    var store = store(RecordLimits.DEFAULT.withMaxRecords(10));
    store.put(record("early", 1), sender(1), NOW, Instant.MAX);
    assertThat(store.put(record("early", 1), sender(2), NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
    for (int i = 0; i < 9; i++) {
      store.put(record("greedy " + i, 1), sender(2), NOW, Instant.MAX);
    }
    store.put(record("late", 1), sender(3), NOW, Instant.MAX);
    assertThat(store.get(Bytes.utf8("early"), NOW)).isPresent();
    assertThat(store.get(Bytes.utf8("greedy 0"), NOW)).isEmpty();
  }

  @Test
  void whereAllHaveTheSameNobodyGivesWay() {
    var store = store(RecordLimits.DEFAULT.withMaxRecords(4));
    for (int i = 0; i < 4; i++) {
      store.put(record("key " + i, 1), sender(1 + i / 2), NOW, Instant.MAX);
    }
    assertThat(store.put(record("a", 1), sender(3), NOW, Instant.MAX))
        .as("one of two")
        .isEqualTo(StoreVerdict.STORED);
    assertThat(store.put(record("b", 1), sender(3), NOW, Instant.MAX)).isEqualTo(StoreVerdict.FULL);
    assertThat(store.put(record("c", 1), sender(2), NOW, Instant.MAX)).isEqualTo(StoreVerdict.FULL);
    assertThat(store.get(Bytes.utf8("key 1"), NOW)).isPresent();
  }

  @Test
  void bytesAreSharedAsPlacesAre() {
    var limits = new RecordLimits(100, 1_000, 100, 3_000, 100, 3_000, Duration.ofHours(1));
    var store = store(limits);
    store.put(record("a", 10), sender(1), NOW, Instant.MAX);
    for (String key : "bcd".split("")) {
      store.put(record(key, 990), sender(2), NOW, Instant.MAX);
    }
    assertThat(store.put(record("e", 500), sender(3), NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
    assertThat(store.get(Bytes.utf8("a"), NOW)).isPresent();
    assertThat(store.get(Bytes.utf8("b"), NOW)).isEmpty();
  }

  /// It needs the room of six, and after four the one who has most has no more than it wants.
  @Test
  void aRecordThatIsRefusedInTheEndTakesNothingFromAnybody() {
    var limits = new RecordLimits(100, 1_000, 100, 1_000, 100, 1_000, Duration.ofHours(1));
    var store = store(limits);
    for (int i = 0; i < 10; i++) {
      store.put(record("a" + i, 98), sender(2), NOW, Instant.MAX);
    }
    assertThat(store.put(record("b", 599), sender(1), NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.FULL);
    assertThat(store.size()).isEqualTo(10);
    assertThat(store.put(record("b", 199), sender(1), NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
    assertThat(store.get(Bytes.utf8("a1"), NOW)).as("the eldest gave way").isEmpty();
    assertThat(store.get(Bytes.utf8("a2"), NOW)).isPresent();
    store = reopened(store, limits, NOW);
    assertThat(store.size()).isEqualTo(9);
  }

  @Test
  void aRestartKeepsWhoHasHowMuch() {
    var limits = RecordLimits.DEFAULT.withMaxRecords(10);
    var store = store(limits);
    for (int i = 0; i < 10; i++) {
      store.put(record("greedy " + i, 1), sender(2), NOW.plusSeconds(i), Instant.MAX);
    }
    store = reopened(store, limits, NOW.plusSeconds(10));
    assertThat(store.put(record("more", 1), sender(2), NOW.plusSeconds(10), Instant.MAX))
        .isEqualTo(StoreVerdict.FULL);
    assertThat(store.put(record("key", 1), sender(1), NOW.plusSeconds(10), Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
    store = reopened(store, limits, NOW.plusSeconds(11));
    assertThat(store.get(Bytes.utf8("greedy 0"), NOW.plusSeconds(11))).isEmpty();
    assertThat(store.size()).isEqualTo(10);
  }

  @Test
  void keysAndValuesHaveLimits() {
    var store = store(RecordLimits.DEFAULT.withMaxValueBytes(10));
    assertThat(store.put(record("key", 11), peer, NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.TOO_LARGE);
    assertThat(store.put(record("k".repeat(1025), 1), peer, NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.TOO_LARGE);
    assertThat(store.put(record("", 1), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.TOO_LARGE);
    assertThat(store.put(record("k".repeat(1024), 10), peer, NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
  }

  @Test
  void t45AClockThatWasSetBackMakesNothingLiveLonger() {
    var store = store(RecordLimits.DEFAULT);
    store.put(record("key", 5), peer, NOW.plus(Duration.ofHours(1)), Instant.MAX);
    assertThat(store.get(KEY, NOW)).isPresent();
    assertThat(store.get(KEY, NOW.plus(Duration.ofHours(47)))).isPresent();
    assertThat(store.get(KEY, NOW.plus(Duration.ofHours(48)))).isEmpty();
    store.put(record("key", 5), peer, NOW.plus(Duration.ofHours(1)), Instant.MAX);
    store.sweep(NOW);
    assertThat(store.get(KEY, NOW.plus(Duration.ofHours(48)))).isEmpty();
  }

  @Test
  void aRestartKeepsRecordsQuotasAndTimes() {
    var limits = RecordLimits.DEFAULT.withPerPeer(2, 100);
    var store = store(limits);
    store.put(record("a", 5), peer, NOW, Instant.MAX);
    store.put(record("b", 5), peer, NOW.plusSeconds(60), NOW.plusSeconds(120));
    store = reopened(store, limits, NOW.plusSeconds(90));
    assertThat(store.size()).isEqualTo(2);
    assertThat(store.get(Bytes.utf8("a"), NOW.plusSeconds(90)))
        .contains(record("a", 5).receivedAt(NOW));
    assertThat(store.put(record("c", 1), peer, NOW.plusSeconds(90), Instant.MAX))
        .isEqualTo(StoreVerdict.QUOTA);
    assertThat(store.get(Bytes.utf8("b"), NOW.plusSeconds(119))).isPresent();
    assertThat(store.get(Bytes.utf8("b"), NOW.plusSeconds(120))).isEmpty();
    assertThat(store.get(Bytes.utf8("a"), NOW.plus(Duration.ofHours(48)))).isEmpty();
  }

  @Test
  void whatExpiredWhileNobodyRanIsGone() {
    var store = store(RecordLimits.DEFAULT);
    store.put(record("key", 5), peer, NOW, Instant.MAX);
    store = reopened(store, RecordLimits.DEFAULT, NOW.plus(Duration.ofHours(48)));
    assertThat(store.get(KEY, NOW.plus(Duration.ofHours(48)))).isEmpty();
    assertThat(store.size()).isZero();
  }
}
