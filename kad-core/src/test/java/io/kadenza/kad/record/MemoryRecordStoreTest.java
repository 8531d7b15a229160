package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryRecordStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes KEY = Bytes.utf8("key");

  private final SplittableRandom random = new SplittableRandom(1);
  private final PeerId peer = Peers.id(random);

  private static Record record(String key, int size) {
    return new Record(Bytes.utf8(key), Bytes.wrap(new byte[size]));
  }

  @Test
  void itGivesBackWhatItTookStampedByUs() {
    var store = new MemoryRecordStore(RecordLimits.DEFAULT);
    assertThat(store.put(record("key", 5), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.get(KEY, NOW)).contains(record("key", 5).receivedAt(NOW));
  }

  @Test
  void anExpiredRecordIsNotReadEvenIfNobodySweeps() {
    var store = new MemoryRecordStore(RecordLimits.DEFAULT.withTtl(Duration.ofHours(1)));
    store.put(record("key", 5), peer, NOW, Instant.MAX);
    assertThat(store.get(KEY, NOW.plusSeconds(3599))).isPresent();
    assertThat(store.get(KEY, NOW.plusSeconds(3600))).isEmpty();
    assertThat(store.size()).isZero();
    assertThat(store.bytes()).isZero();
  }

  @Test
  void sweepingForgetsTheExpired() {
    var store = new MemoryRecordStore(RecordLimits.DEFAULT.withTtl(Duration.ofHours(1)));
    store.put(record("a", 5), peer, NOW, Instant.MAX);
    store.put(record("b", 5), peer, NOW.plusSeconds(1800), Instant.MAX);
    store.sweep(NOW.plusSeconds(3600));
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.bytes()).isEqualTo(6);
  }

  @Test
  void replacingCountsOnce() {
    var store = new MemoryRecordStore(RecordLimits.DEFAULT.withPerPeer(1, 100));
    for (int i = 0; i < 10; i++) {
      assertThat(store.put(record("key", 90 + i % 3), peer, NOW, Instant.MAX))
          .isEqualTo(StoreVerdict.STORED);
    }
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.put(record("other", 1), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.QUOTA);
    // Somebody else's record under the same key gives the first one its share back.
    assertThat(store.put(record("key", 1), Peers.id(random), NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
    assertThat(store.put(record("other", 1), peer, NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
  }

  @Test
  void oneRecordMayNotExceedAPeersBytes() {
    var store = new MemoryRecordStore(RecordLimits.DEFAULT.withPerPeer(10, 100));
    assertThat(store.put(record("key", 98), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.QUOTA);
    assertThat(store.put(record("key", 97), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.put(record("k", 0), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.QUOTA);
  }

  @Test
  void aFullStoreRefusesUntilSomethingExpires() {
    var store =
        new MemoryRecordStore(RecordLimits.DEFAULT.withMaxRecords(2).withTtl(Duration.ofHours(1)));
    store.put(record("a", 1), peer, NOW, Instant.MAX);
    store.put(record("b", 1), peer, NOW, Instant.MAX);
    assertThat(store.put(record("c", 1), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.FULL);
    assertThat(store.put(record("a", 2), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.STORED);
    assertThat(store.put(record("c", 1), peer, NOW.plusSeconds(3600), Instant.MAX))
        .isEqualTo(StoreVerdict.STORED);
  }

  @Test
  void keysAndValuesHaveLimits() {
    var store = new MemoryRecordStore(RecordLimits.DEFAULT.withMaxValueBytes(10));
    assertThat(store.put(record("key", 11), peer, NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.TOO_LARGE);
    assertThat(store.put(record("k".repeat(1025), 1), peer, NOW, Instant.MAX))
        .isEqualTo(StoreVerdict.TOO_LARGE);
    assertThat(store.put(record("", 1), peer, NOW, Instant.MAX)).isEqualTo(StoreVerdict.TOO_LARGE);
  }
}
