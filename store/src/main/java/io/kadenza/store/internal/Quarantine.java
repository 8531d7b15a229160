package io.kadenza.store.internal;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sets a damaged database aside and saves what of it is right. The damaged one is replaced by a
/// rename at the very end: whatever interrupts this, the next start begins anew.
final class Quarantine {
  private static final String FRESH = "kad.db.fresh";
  private static final int GROUP = 10_000;

  private final Path directory;

  private Quarantine(Path directory) {
    this.directory = directory;
  }

  /// @return what was done, for a person
  static String replace(Path directory) {
    return new Quarantine(directory).replace();
  }

  /// Keeps a copy of a database whose journal is damaged. What the journal still says is read as
  /// after a crash.
  ///
  /// @return what was done, for a person
  static String keepJournal(Path directory) {
    try {
      return directory.resolve(Sqlite.JOURNAL)
          + " was damaged: what was written last is lost; the damaged file is kept beside "
          + new DamagedCopies(directory).add();
    } catch (IOException failure) {
      throw Failures.of(directory, failure);
    }
  }

  private String replace() {
    Path damaged = directory.resolve(Sqlite.FILE);
    Path fresh = directory.resolve(FRESH);
    try {
      String kept = new DamagedCopies(directory).add();
      delete(FRESH, Sqlite.SUFFIXES);
      long saved = salvage(damaged, fresh);
      // SQLite would take the damaged one's journal for that of the fresh one.
      delete(Sqlite.FILE, Sqlite.SUFFIXES.subList(1, Sqlite.SUFFIXES.size()));
      Files.move(fresh, damaged, StandardCopyOption.ATOMIC_MOVE);
      new SuspectMark(damaged).remove();
      return damaged
          + " was damaged: "
          + saved
          + " entries are taken over, the others are lost;"
          + " the damaged file is kept as "
          + kept;
    } catch (IOException failure) {
      throw Failures.of(directory, failure);
    }
  }

  private void delete(String name, List<String> suffixes) throws IOException {
    for (String suffix : suffixes) {
      Files.deleteIfExists(directory.resolve(name + suffix));
    }
  }

  private static long salvage(Path damaged, Path fresh) {
    try (var into = SqliteDatabase.connect(fresh, () -> {}, List.of())) {
      try (var from = Sqlite.connect(damaged, true)) {
        for (String table : new Verification(from).tables()) {
          salvage(from, table, into);
        }
      } catch (SQLException nothingMoreCanBeRead) {
        // What was read before that is kept.
      }
      return into.entries();
    }
  }

  /// From the first row on as far as it goes, then from the last one back.
  private static void salvage(Connection from, String table, SqliteDatabase into) {
    if (!TableName.isRight(table)) {
      return;
    }
    var saved = new Salvage(table, into);
    try {
      saved.read(from, "ASC");
    } catch (SQLException damage) {
      try {
        saved.read(from, "DESC");
      } catch (SQLException nothingMoreCanBeRead) {
        // What was read before that is kept.
      }
    }
    saved.flush();
  }

  /// Rows of one table that are what was written.
  private static final class Salvage {
    private final String table;
    private final SqliteDatabase into;
    private final RowSum rowSum;
    private List<Change> group = new ArrayList<>();

    Salvage(String table, SqliteDatabase into) {
      this.table = table;
      this.into = into;
      this.rowSum = new RowSum(table);
    }

    void read(Connection from, String order) throws SQLException {
      try (var statement = from.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT key, value, sum FROM " + table + " ORDER BY key " + order)) {
        while (rows.next()) {
          byte[] key = rows.getBytes(1);
          byte[] value = rows.getBytes(2);
          if (key != null && value != null && rowSum.of(key, value) == rows.getLong(3)) {
            group.add(new Change(table, Bytes.wrap(key), Optional.of(Bytes.wrap(value))));
            if (group.size() == GROUP) {
              flush();
            }
          }
        }
      }
    }

    private void flush() {
      into.commit(group);
      group = new ArrayList<>();
    }
  }
}
