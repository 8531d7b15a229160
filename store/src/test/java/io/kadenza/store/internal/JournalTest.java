package io.kadenza.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T43: which journals a crash may leave, and which not.
class JournalTest {
  private static final int HEADER_BYTES = 32;
  private static final int FRAME_BYTES = 24 + 4_096;

  @TempDir Path directory;
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(directory);
    commit(0);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void commit(int number) {
    Bytes key = Bytes.utf8("key " + number);
    database.commit(List.of(new Change("things", key, Optional.of(key))));
  }

  private byte[] journal() throws IOException {
    return Files.readAllBytes(directory.resolve(Sqlite.JOURNAL));
  }

  private boolean isDamaged(byte[] journal) throws IOException {
    return Journal.isDamaged(Files.write(directory.resolve("copy"), journal));
  }

  /// Damages the last byte of a commit.
  private static byte[] broken(byte[] journal, int end) {
    byte[] broken = journal.clone();
    broken[end - 1] ^= 1;
    return broken;
  }

  @Test
  void t43TheLastCommitMayBeCutOffOrTornAndNoOther() throws IOException {
    int[] ends = new int[3];
    for (int i = 0; i < ends.length; i++) {
      commit(i + 1);
      ends[i] = journal().length;
    }
    byte[] whole = journal();

    assertThat(isDamaged(whole)).isFalse();
    assertThat(isDamaged(broken(whole, ends[2]))).isFalse();
    // The next commit begins when this one is on the disk: it may be that the last one is not.
    assertThat(isDamaged(broken(whole, ends[1]))).isTrue();
    assertThat(isDamaged(broken(whole, ends[0]))).isTrue();
  }

  @Test
  void t43WhatAnEarlierRoundHasLeftBehindTheEndIsNoLoss() throws IOException, SQLException {
    for (int i = 1; i < 10; i++) {
      commit(i);
    }
    int full = journal().length;
    try (var other = Sqlite.connect(directory.resolve(Sqlite.FILE), false);
        var statement = other.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
    }
    commit(10);
    byte[] begunAnew = journal();

    assertThat(begunAnew).hasSize(full);
    assertThat(isDamaged(begunAnew)).isFalse();
    assertThat(isDamaged(broken(begunAnew, HEADER_BYTES + FRAME_BYTES))).isFalse();
  }
}
