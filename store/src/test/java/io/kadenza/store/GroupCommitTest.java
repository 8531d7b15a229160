package io.kadenza.store;

import static io.kadenza.store.StoreContract.A;
import static io.kadenza.store.StoreContract.B;
import static io.kadenza.store.StoreContract.ONE;
import static io.kadenza.store.StoreContract.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.StoreException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What users of a store see while a group is on its way to the disk.
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {
  private static final int MAX_PENDING = 10_000;

  private final FaultyDatabase database = new FaultyDatabase();
  private final Store store =
      new BatchingStore(
          database,
          new BatchingStore.Pace(Duration.ofMillis(1), Duration.ofMillis(1), MAX_PENDING));
  private final Table table = store.table("things");

  @AfterEach
  void close() {
    database.letGo();
    store.close();
  }

  /// Nobody asks for it: it has waited for company long enough.
  private void sendOnItsWay(Bytes key, Bytes value) {
    database.hold();
    table.put(key, value);
    database.awaitCommitter();
  }

  @Test
  void whatWaitsForTheDiskFitsIntoASmallHeap() {
    assertThat(BatchingStore.Pace.inHeapOf(128 << 20).maxPendingBytes()).isEqualTo(8 << 20);
    assertThat(BatchingStore.Pace.inHeapOf(4L << 30).maxPendingBytes()).isEqualTo(64 << 20);
  }

  @Test
  void whoIsToldThatAllIsDurableMayCloseTheStoreThere() {
    database.hold();
    table.put(A, ONE);
    var closed = store.sync().thenRun(store::close);

    database.letGo();

    closed.join();
    store.close();
    assertThat(database.isClosed()).isTrue();
  }

  @Test
  void whoSyncsThenWaitsForIt() {
    assertThat(store.sync()).isCompleted();
    sendOnItsWay(A, ONE);
    var synced = store.sync();
    assertThat(synced).isNotDone();
    database.letGo();
    synced.join();
    assertThat(database.get("things", A)).contains(ONE);
    assertThat(store.sync()).isCompleted();
  }

  @Test
  void itIsReadAsIfItWereThere() {
    table.put(A, TWO);
    store.sync().join();
    sendOnItsWay(A, ONE);
    assertThat(database.get("things", A)).contains(TWO);
    assertReads(List.of(new Entry(A, ONE)));
    table.put(B, TWO);
    assertReads(List.of(new Entry(A, ONE), new Entry(B, TWO)));
    table.delete(A);
    assertReads(List.of(new Entry(B, TWO)));
  }

  private void assertReads(List<Entry> expected) {
    assertThat(table.scan(Bytes.EMPTY, 10)).isEqualTo(expected);
    var all = new ArrayList<Entry>();
    table.forEach(all::add);
    assertThat(all).isEqualTo(expected);
    for (Bytes key : List.of(A, B)) {
      assertThat(table.get(key))
          .isEqualTo(
              expected.stream().filter(e -> e.key().equals(key)).map(Entry::value).findAny());
    }
  }

  @Test
  void itCountsAmongWhatWaits() {
    assertThat(store.accepts()).isTrue();
    sendOnItsWay(A, Bytes.wrap(new byte[MAX_PENDING * 2 / 3]));
    assertThat(store.accepts()).isTrue();
    table.put(B, Bytes.wrap(new byte[MAX_PENDING * 2 / 3]));
    assertThat(store.accepts()).isFalse();
    database.letGo();
    store.sync().join();
    assertThat(store.accepts()).isTrue();
  }

  @Test
  void ifItFailsItGoesWithTheNextOne() {
    database.failFrom(1, Reason.DISK_FULL);
    sendOnItsWay(A, ONE);
    var synced = store.sync();
    table.put(B, TWO);
    database.letGo();
    assertThatThrownBy(synced::join).hasRootCauseInstanceOf(StoreException.class);
    assertReads(List.of(new Entry(A, ONE), new Entry(B, TWO)));

    database.mend();
    while (!store.health().isWell()) {
      var _ = store.sync().exceptionally(_ -> null).join();
    }
    assertThat(database.get("things", A)).contains(ONE);
    assertThat(database.get("things", B)).contains(TWO);
    assertThat(store.accepts()).isTrue();
  }
}
