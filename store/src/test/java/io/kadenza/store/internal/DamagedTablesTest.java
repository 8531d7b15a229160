package io.kadenza.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Change;
import io.kadenza.store.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T43: damage that leaves every row that is there as it was written, and what is set aside for it.
class DamagedTablesTest {
  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("b");

  @TempDir Path directory;

  @BeforeEach
  void fill() {
    commit(new Change("things", A, Optional.of(A)), new Change("others", B, Optional.of(B)));
  }

  private void commit(Change... changes) {
    var database = SqliteDatabase.open(directory);
    database.commit(List.of(changes));
    database.close();
  }

  private void inSqlitesShell(String sql) throws SQLException {
    try (var connection = Sqlite.connect(directory.resolve(Sqlite.FILE), false);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// How many things there are, after an opening that has found so much.
  private List<Entry> things(int findings) {
    var database = SqliteDatabase.open(directory);
    try {
      assertThat(database.findings()).hasSize(findings);
      return database.scan("things", Bytes.EMPTY, 10);
    } finally {
      database.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE things",
        "DELETE FROM things",
        "DELETE FROM kadenza_tables WHERE name = 'others'",
        "DROP TABLE kadenza_tables",
        "UPDATE things SET key = CAST(key AS TEXT)",
        "UPDATE kadenza_tables SET entries = entries + 1",
        "UPDATE kadenza_tables SET sum = sum + 1"
      })
  void t43WhatIsMissingIsToldOnce(String damage) throws SQLException {
    inSqlitesShell(damage);

    things(1);
    things(0);
  }

  @Test
  void t43ADatabaseThatHasLostAllItsTablesIsNotANewOne() throws SQLException {
    inSqlitesShell("DROP TABLE things");
    inSqlitesShell("DROP TABLE others");

    assertThat(things(1)).isEmpty();
  }

  @Test
  void whatAnInterruptedRescueHasLeftIsNotTakenForData() throws SQLException, IOException {
    Files.copy(directory.resolve(Sqlite.FILE), directory.resolve("kad.db.fresh"));
    commit(new Change("things", A, Optional.empty()));
    inSqlitesShell("UPDATE kadenza_tables SET sum = sum + 1");

    assertThat(things(1)).isEmpty();
  }

  @Test
  void oneThatIsSuspectIsSetAsideOnce() throws IOException {
    Files.createFile(directory.resolve(SuspectMark.FILE));

    assertThat(things(1)).containsExactly(new Entry(A, A));
    assertThat(things(0)).containsExactly(new Entry(A, A));
  }
}
