package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.kad.record.RecordStoreContract;
import io.kadenza.kad.record.Sender;
import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Store;
import io.kadenza.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On the real database.
class DiskRecordStoreTest extends RecordStoreContract {
  @TempDir private Path directory;
  private @Nullable Store store;

  @Override
  protected RecordStore store(RecordLimits limits) {
    return reopen(limits, NOW);
  }

  @Override
  protected RecordStore reopened(RecordStore old, RecordLimits limits, Instant now) {
    return reopen(limits, now);
  }

  private RecordStore reopen(RecordLimits limits, Instant now) {
    close();
    Store next = Store.open(directory);
    store = next;
    return DiskRecordStore.open(next, limits, now);
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void rowsThatMakeNoSenseAreRemoved() {
    reopen(RecordLimits.DEFAULT, NOW);
    store.table("records").put(Bytes.utf8("a"), Bytes.utf8("no row"));
    store.table("records").put(Bytes.utf8("b"), Bytes.EMPTY);
    assertThat(reopen(RecordLimits.DEFAULT, NOW).size()).isZero();
    assertThat(store.table("records").scan(Bytes.EMPTY, 10)).isEmpty();
  }

  @Test
  void t45RestartsDoNotRenewWhatWasStoredWhileTheClockWasAhead() {
    var limits = RecordLimits.DEFAULT;
    var sender = Sender.of(Peers.id(new SplittableRandom(1)));
    var record = new Record(Bytes.utf8("key"), Bytes.utf8("value"));
    reopen(limits, NOW).put(record, sender, NOW.plus(Duration.ofDays(30)), Instant.MAX);

    reopen(limits, NOW);
    RecordStore records = reopen(limits, NOW.plus(Duration.ofHours(47)));

    assertThat(records.get(record.key(), NOW.plus(Duration.ofHours(47)))).isPresent();
    assertThat(records.get(record.key(), NOW.plus(Duration.ofHours(48)))).isEmpty();
  }

  /// All that there is at once may be more than can wait for a slow disk.
  @Test
  void t45WhatIsToLiveShorterIsWrittenDownOnlyWhereTheDiskTakesIt() {
    var limits = RecordLimits.DEFAULT;
    var sender = Sender.of(Peers.id(new SplittableRandom(1)));
    var record = new Record(Bytes.utf8("key"), Bytes.utf8("value"));
    var disk = new FullDisk();
    try (var before = Store.over(disk)) {
      DiskRecordStore.open(before, limits, NOW)
          .put(record, sender, NOW.plus(Duration.ofDays(30)), Instant.MAX);
    }
    try (var busy = Store.over(disk)) {
      Table rows = busy.table("records");
      var row = rows.get(record.key());
      disk.full = true;
      busy.table("other").put(Bytes.utf8("key"), Bytes.EMPTY);
      var _ = busy.sync().exceptionally(_ -> null).join();

      RecordStore records = DiskRecordStore.open(busy, limits, NOW);

      assertThat(rows.get(record.key())).isPresent().isEqualTo(row);
      assertThat(records.get(record.key(), NOW.plus(Duration.ofHours(48)))).isEmpty();
    }
  }
}
