package io.kadenza.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Change;
import io.kadenza.store.Entry;
import io.kadenza.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("b");
  private static final Bytes C = Bytes.utf8("c");

  @TempDir Path directory;

  private static Change put(Bytes key) {
    return new Change("things", key, Optional.of(key));
  }

  private void inSqlitesShell(String sql) throws SQLException {
    try (var connection = Sqlite.connect(directory.resolve(Sqlite.FILE), false);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// No test can take the power away: this is what makes a commit wait for the disk.
  @Test
  void t44ACommitIsSyncedBeforeItIsOver() throws SQLException {
    try (var connection = Sqlite.connect(directory.resolve(Sqlite.FILE), false);
        var statement = connection.createStatement();
        var synchronous = statement.executeQuery("PRAGMA synchronous")) {
      assertThat(synchronous.next()).isTrue();
      assertThat(synchronous.getInt(1)).as("FULL").isEqualTo(2);
    }
  }

  @Test
  void aNewFileIsMarkedAsOursAndWithItsFormat() throws IOException {
    SqliteDatabase.open(directory).close();

    ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(Sqlite.FILE)));
    assertThat(header.getInt(60)).isEqualTo(Sqlite.FORMAT);
    assertThat(header.getInt(68)).isEqualTo(Sqlite.APPLICATION);
  }

  @Test
  void whoIsRefusedKeepsNobodyOut() throws IOException, SQLException {
    SqliteDatabase.open(directory).close();
    inSqlitesShell("PRAGMA user_version = " + (Sqlite.FORMAT + 1));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteDatabase.open(directory))
        .extracting(StoreException::reason)
        .isEqualTo(StoreException.Reason.NEWER_FORMAT);

    inSqlitesShell("PRAGMA user_version = " + Sqlite.FORMAT);
    SqliteDatabase.open(directory).close();
  }

  /// SQLite removes the journal when the last connection to a database is closed.
  @Test
  void anErrorWhileItIsOpenedLeavesNoConnection() {
    List<String> broken =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            throw new OutOfMemoryError("as if");
          }

          @Override
          public int size() {
            return 1;
          }
        };
    Path file = directory.resolve(Sqlite.FILE);

    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> SqliteDatabase.connect(file, () -> {}, broken));
    assertThat(file).exists();
    assertThat(directory.resolve(Sqlite.JOURNAL)).doesNotExist();
  }

  /// Such as that of the list of free pages, which no reading shows.
  @Test
  void t43DamageThatShowsWhenSomethingIsWrittenIsMendedAtTheNextStart() throws SQLException {
    var database = SqliteDatabase.open(directory);
    database.commit(List.of(put(A)));
    inSqlitesShell("DROP TABLE kadenza_tables");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> database.commit(List.of(put(B))))
        .extracting(StoreException::reason)
        .isEqualTo(StoreException.Reason.DAMAGED);
    database.close();

    assertThat(directory.resolve(SuspectMark.FILE)).exists();
    var mended = SqliteDatabase.open(directory);
    assertThat(mended.findings()).hasSize(1);
    assertThat(mended.get("things", A)).contains(A);
    mended.close();
  }

  /// As SQLite does when the disk is full.
  @Test
  void mendsAfterSqliteHasRolledBackByItself() throws SQLException {
    var database = SqliteDatabase.open(directory);
    database.commit(List.of(put(A)));
    inSqlitesShell(
        "CREATE TRIGGER full BEFORE INSERT ON things WHEN NEW.key = x'62'"
            + " BEGIN SELECT RAISE(ROLLBACK, 'full'); END");
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> database.commit(List.of(put(C), put(B))));
    }
    assertThat(database.get("things", C)).isEmpty();
    inSqlitesShell("DROP TRIGGER full");
    database.commit(List.of(put(B)));
    database.close();

    var reopened = SqliteDatabase.open(directory);
    assertThat(reopened.findings()).isEmpty();
    assertThat(reopened.scan("things", Bytes.EMPTY, 10))
        .containsExactly(new Entry(A, A), new Entry(B, B));
    reopened.close();
  }

  /// Such as a heap that is full in the middle of it.
  @Test
  void leavesNothingOfACommitThatEndsInAnError() {
    var database = SqliteDatabase.open(directory);
    database.commit(List.of(put(A)));
    List<Change> broken =
        new AbstractList<>() {
          @Override
          public Change get(int index) {
            if (index == 0) {
              return put(C);
            }
            throw new OutOfMemoryError("as if");
          }

          @Override
          public int size() {
            return 2;
          }
        };

    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> database.commit(broken));
    database.commit(List.of(put(B)));
    database.close();

    var reopened = SqliteDatabase.open(directory);
    assertThat(reopened.findings()).isEmpty();
    assertThat(reopened.scan("things", Bytes.EMPTY, 10))
        .containsExactly(new Entry(A, A), new Entry(B, B));
    reopened.close();
  }

  @Test
  void acknowledgesNothingInAFileThatWasTakenAway() throws IOException {
    var database = SqliteDatabase.open(directory);
    database.commit(List.of(put(A)));
    Path file = directory.resolve(Sqlite.FILE);
    Path aside = directory.resolve("aside");

    Files.move(file, aside);
    assertIsMissing(database);
    Files.copy(aside, file);
    assertIsMissing(database);
    Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    database.commit(List.of(put(C)));
    database.close();
  }

  private static void assertIsMissing(SqliteDatabase database) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> database.commit(List.of(put(B))))
        .withMessageContaining("kad.db was removed or replaced")
        .extracting(StoreException::reason)
        .isEqualTo(StoreException.Reason.MISSING);
  }

  @Test
  void removesNothingButTheDriversLibraryFromWhereItIsUnpacked() throws IOException {
    for (String name :
        List.of("mine.c", "sqlite-1-a-libsqlitejdbc.so", "sqlite-1-b-sqlitejdbc.dll.lck")) {
      Files.createFile(directory.resolve(name));
    }
    Sqlite.removeUnpacked(directory);

    assertThat(directory).isDirectoryContaining(file -> file.endsWith("mine.c"));
    try (var left = Files.list(directory)) {
      assertThat(left).hasSize(1);
    }
  }
}
