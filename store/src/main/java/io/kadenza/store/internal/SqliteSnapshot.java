package io.kadenza.store.internal;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Entry;
import io.kadenza.store.Rows;
import io.kadenza.store.Snapshot;
import io.kadenza.store.StoreException;
import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A database that its owner has closed, or was killed over.
///
/// SQLite would make files of its own beside a database to read it, and finish what a crash left
/// undone. So a database that was closed is read as one that cannot change ("immutable"), without
/// them; and if there is a journal, it is a copy that is read.
public final class SqliteSnapshot implements Snapshot {
  private final Runnable release;
  private final SqliteReader reader;
  private final Set<String> tables;
  private final List<String> findings;

  private SqliteSnapshot(
      Runnable release, SqliteReader reader, Set<String> tables, List<String> findings) {
    this.release = release;
    this.reader = reader;
    this.tables = tables;
    this.findings = findings;
  }

  /// @throws StoreException as [Snapshot#open]
  public static SqliteSnapshot open(Path directory) {
    Path file = directory.resolve(Sqlite.FILE);
    Sqlite.checkFiles(directory);
    if (!Files.exists(file)) {
      throw missing(directory, file);
    }
    DirectoryLock lock = DirectoryLock.share(directory);
    try {
      return open(file, lock);
    } catch (IOException failure) {
      lock.close();
      throw Failures.of(file, failure);
    } catch (SQLException failure) {
      lock.close();
      throw Failures.isDamage(failure) ? damaged(file) : Failures.of(file, failure);
    } catch (RuntimeException | Error failed) {
      lock.close();
      throw failed;
    }
  }

  /// Of a directory that is somebody else's nobody can say what is in it.
  private static StoreException missing(Path directory, Path file) {
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
    } catch (AccessDeniedException denied) {
      return Failures.of(directory, denied);
    } catch (IOException itIsNotThere) {
      // As will be said.
    }
    return new StoreException(
        Reason.MISSING, directory + " is no data directory: there is no " + Sqlite.FILE + " in it");
  }

  private static SqliteSnapshot open(Path file, DirectoryLock lock)
      throws IOException, SQLException {
    if (!Sqlite.inspect(file)) {
      throw damaged(file);
    }
    Path journal = file.resolveSibling(Sqlite.JOURNAL);
    if (!Files.exists(journal) || Files.size(journal) == 0) {
      return read(file, Sqlite.connectUnchanging(file), lock::close, List.of());
    }
    List<String> findings =
        Journal.isDamaged(journal)
            ? List.of(journal + " is damaged: what was written last is not shown")
            : List.of();
    var copy = DatabaseCopy.of(file, journal);
    try {
      Runnable release =
          () -> {
            copy.close();
            lock.close();
          };
      return read(file, Sqlite.connect(copy.file(), true), release, findings);
    } catch (SQLException | RuntimeException | Error failed) {
      copy.close();
      throw failed;
    }
  }

  private static SqliteSnapshot read(
      Path file, Connection connection, Runnable release, List<String> findings)
      throws SQLException {
    try {
      var verification = new Verification(connection);
      if (!verification.passes()) {
        throw damaged(file);
      }
      var reader = new SqliteReader(file, connection);
      return new SqliteSnapshot(release, reader, verification.tables(), findings);
    } catch (SQLException | RuntimeException | Error failed) {
      connection.close();
      throw failed;
    }
  }

  private static StoreException damaged(Path file) {
    return new StoreException(
        Reason.DAMAGED, file + " is damaged; start the node once, which saves what is right");
  }

  @Override
  public Rows table(String name) {
    return new Rows() {
      @Override
      public Optional<Bytes> get(Bytes key) {
        return tables.contains(name) ? reader.get(name, key) : Optional.empty();
      }

      @Override
      public List<Entry> scan(Bytes from, int limit) {
        return tables.contains(name) ? reader.scan(name, from, limit) : List.of();
      }
    };
  }

  @Override
  public List<String> findings() {
    return findings;
  }

  @Override
  public void close() {
    reader.close();
    release.run();
  }
}
