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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// T44: the disk fails on the n-th write.
class FailingStoreTest {
  private final FaultyDatabase database = new FaultyDatabase();
  private final Store store =
      new BatchingStore(
          database, new BatchingStore.Pace(Duration.ofMillis(1), Duration.ofMillis(1), 10_000));
  private final Table table = store.table("things");

  @AfterEach
  void close() {
    database.letGo();
    store.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"IO", "DISK_FULL", "READ_ONLY", "TOO_MANY_FILES"})
  void t44AFailedCommitIsNotAcknowledgedAndReadsGoOn(Reason reason) {
    table.put(A, ONE);
    store.sync().join();
    database.failFrom(2, reason);
    table.put(B, TWO);

    assertThatThrownBy(() -> store.sync().join()).hasRootCauseInstanceOf(StoreException.class);

    assertThat(store.health())
        .isInstanceOfSatisfying(
            Health.Degraded.class, degraded -> assertThat(degraded.reason()).isEqualTo(reason));
    assertThat(table.get(A)).contains(ONE);
    assertThat(store.accepts()).isFalse();
    table.put(A, TWO);
    assertThatThrownBy(() -> store.sync().join()).hasRootCauseInstanceOf(StoreException.class);
  }

  @Test
  void aStoreRecoversByItselfAndLosesNothingOnTheWay() {
    database.failFrom(1, Reason.DISK_FULL);
    // Both are in the commit that fails.
    database.hold();
    table.put(A, ONE);
    table.put(B, ONE);
    var synced = store.sync();
    database.letGo();
    assertThatThrownBy(synced::join).isNotNull();
    table.delete(B);
    table.put(A, TWO);

    database.mend();
    // Fails as long as the retry under way does.
    while (!store.health().isWell()) {
      var _ = store.sync().exceptionally(_ -> null).join();
    }

    assertThat(database.get("things", A)).contains(TWO);
    assertThat(database.get("things", B)).isEmpty();
    table.put(B, TWO);
    store.sync().join();
    assertThat(database.get("things", B)).contains(TWO);
  }

  @Test
  void aCommitThatEndsInAnErrorIsToldAndTriedAgain() {
    database.breakOnce(new OutOfMemoryError("as if"));
    database.hold();
    table.put(A, ONE);
    var synced = store.sync();
    database.letGo();

    assertThatThrownBy(synced::join).hasRootCauseInstanceOf(OutOfMemoryError.class);

    store.close();
    assertThat(database.get("things", A)).contains(ONE);
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @SuppressWarnings("NullAway") // That is how the failure cannot be told.
  void aStoreThatCannotEvenTellWhatFailedLeavesNobodyWaiting() {
    database.breakOnce(new StoreException(Reason.IO, null));
    database.hold();
    table.put(A, ONE);
    var synced = store.sync();
    database.letGo();

    assertThatThrownBy(synced::join).hasRootCauseInstanceOf(StoreException.class);

    store.close();
    assertThat(store.accepts()).isFalse();
    assertThat(database.isClosed()).isTrue();
  }

  @Test
  void changesThatComeWhileAGroupIsOnItsWayShareTheNextOne() {
    database.hold();
    table.put(A, ONE);
    var first = store.sync();
    int writers = 100;
    for (int i = 0; i < writers; i++) {
      table.put(B, ONE);
      var _ = store.sync();
    }
    var last = store.sync();
    assertThat(first).isNotDone();
    database.letGo();
    last.join();
    // In one group the first to wait is the last to hear.
    first.join();
    // How many of them the committing thread found at its first look is its own affair.
    assertThat(database.commits()).isBetween(1, 2);
  }

  @Test
  void whatWaitsForTheDiskIsBounded() {
    database.hold();
    var big = Bytes.wrap(new byte[1_000]);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                table.put(Bytes.utf8("key " + i), big);
              }
            })
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OVERLOADED));
    assertThat(store.accepts()).isFalse();
  }

  @Test
  void whatNobodyWaitsForIsCommittedAllTheSame() {
    table.put(A, ONE);
    store.close();
    assertThat(database.get("things", A)).contains(ONE);
  }

  @Test
  void whoWaitsForWhatTheLastCommitLeavesUndoneIsTold() throws Exception {
    database.hold();
    database.failFrom(1, Reason.DISK_FULL);
    table.put(A, ONE);
    var first = store.sync();
    database.awaitCommitter();
    table.put(B, TWO);
    var second = store.sync();

    Thread closing = Thread.startVirtualThread(store::close);
    awaitClosed();
    database.letGo();
    closing.join();

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
  }

  private void awaitClosed() {
    while (true) {
      try {
        table.put(B, TWO);
        Thread.onSpinWait();
      } catch (StoreException closed) {
        return;
      }
    }
  }
}
