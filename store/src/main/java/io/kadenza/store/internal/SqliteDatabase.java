package io.kadenza.store.internal;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Change;
import io.kadenza.store.Database;
import io.kadenza.store.Entry;
import io.kadenza.store.StoreException;
import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A database in a directory: `kad.db`, which SQLite's own shell can read, and the lock beside it.
/// The committing thread owns the writing connection; the reader guards itself.
public final class SqliteDatabase implements Database {
  private final Path file;

  /// Which file it is, whatever its name; null where the file system has no such thing.
  private final @Nullable Object identity;

  private final SuspectMark suspect;
  private final Runnable release;
  private final Connection writer;
  private final SqliteReader reader;
  private final List<String> findings;

  /// By name, as far as anything was written to them.
  private final Map<String, SqliteTable> open = new LinkedHashMap<>();

  /// What a reader may ask for.
  private final Set<String> committed;

  private SqliteDatabase(
      Path file,
      @Nullable Object identity,
      Runnable release,
      Connection writer,
      SqliteReader reader,
      Set<String> tables,
      List<String> findings) {
    this.file = file;
    this.identity = identity;
    this.suspect = new SuspectMark(file);
    this.release = release;
    this.writer = writer;
    this.reader = reader;
    this.committed = ConcurrentHashMap.newKeySet();
    this.committed.addAll(tables);
    this.findings = List.copyOf(findings);
  }

  /// Opens the database of a directory, which is made if there is none.
  ///
  /// @throws StoreException as [io.kadenza.store.Store#open]
  public static SqliteDatabase open(Path directory) {
    return new Opening(directory).open();
  }

  /// Opens a database that is known to be whole.
  ///
  /// @param release run when it is closed
  static SqliteDatabase connect(Path file, Runnable release, List<String> findings) {
    Connection writer = null;
    Connection reading = null;
    SqliteDatabase database = null;
    try {
      writer = Sqlite.connect(file, false);
      Sqlite.claim(writer, file);
      writer.setAutoCommit(false);
      reading = Sqlite.connect(file, true);
      Set<String> tables = new Verification(reading).tables();
      database =
          new SqliteDatabase(
              file,
              identity(file),
              release,
              writer,
              new SqliteReader(file, reading),
              tables,
              findings);
      return database;
    } catch (SQLException failure) {
      throw Failures.of(file, failure);
    } catch (IOException failure) {
      throw Failures.of(file, failure);
    } finally {
      if (database == null) {
        closeQuietly(reading);
        closeQuietly(writer);
      }
    }
  }

  @Override
  public void commit(List<Change> group) {
    try {
      for (Change change : group) {
        table(change.table()).change(change.key(), change.value());
      }
      for (SqliteTable table : open.values()) {
        table.save();
      }
      writer.commit();
      committed.addAll(open.keySet());
    } catch (SQLException failure) {
      rollBack();
      if (Failures.isDamage(failure)) {
        suspect.set();
      }
      throw Failures.of(file, failure);
    } catch (RuntimeException | Error bug) {
      rollBack();
      throw bug;
    }
    checkPlace();
  }

  /// A file that was removed, or moved away, takes every commit as before, and nobody finds them
  /// there again. So what went into it is not acknowledged.
  private void checkPlace() {
    boolean inPlace;
    try {
      inPlace = Objects.equals(identity(file), identity);
    } catch (NoSuchFileException | NotDirectoryException gone) {
      inPlace = false;
    } catch (IOException failure) {
      throw Failures.of(file, failure);
    }
    if (!inPlace) {
      throw new StoreException(
          Reason.MISSING, file + " was removed or replaced; put it back, or start the node again");
    }
  }

  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /// How many entries the tables have that were written to.
  long entries() {
    return open.values().stream().mapToLong(SqliteTable::rows).sum();
  }

  private SqliteTable table(String name) throws SQLException {
    SqliteTable known = open.get(name);
    if (known == null) {
      known = SqliteTable.open(writer, name);
      open.put(name, known);
    }
    return known;
  }

  /// Forgets also what the tables had added up: they are read anew.
  private void rollBack() {
    for (SqliteTable table : open.values()) {
      try {
        table.close();
      } catch (SQLException itIsOver) {
        // A statement that cannot be closed goes with its connection.
      }
    }
    open.clear();
    try {
      writer.rollback();
    } catch (SQLException alreadyRolledBack) {
      begin();
    }
  }

  /// Begins the transaction that the driver then failed to begin: on a full disk and after other
  /// errors SQLite rolls back by itself, the driver's rollback finds nothing to do and stops there,
  /// and each change after it would be a commit of its own.
  private void begin() {
    try (var statement = writer.createStatement()) {
      statement.execute("BEGIN");
    } catch (SQLException failedAgain) {
      // The next commit fails as well, and comes by here again.
    }
  }

  @Override
  public Optional<Bytes> get(String table, Bytes key) {
    return committed.contains(table) ? reading(() -> reader.get(table, key)) : Optional.empty();
  }

  @Override
  public List<Entry> scan(String table, Bytes from, int limit) {
    return committed.contains(table) ? reading(() -> reader.scan(table, from, limit)) : List.of();
  }

  @Override
  public void readAll(String table, Consumer<? super Entry> taker) {
    if (committed.contains(table)) {
      var _ =
          reading(() -> {
            reader.readAll(table, taker);
            return table;
          });
    }
  }

  private <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (StoreException failure) {
      if (failure.reason() == Reason.DAMAGED) {
        suspect.set();
      }
      throw failure;
    }
  }

  @Override
  public List<String> findings() {
    return findings;
  }

  @Override
  public void close() {
    reader.close();
    // The last connection moves what the journal holds into the database.
    closeQuietly(writer);
    release.run();
  }

  private static void closeQuietly(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException nothingIsLost) {
      // What is committed is in the journal, and read from there at the next start.
    }
  }
}
