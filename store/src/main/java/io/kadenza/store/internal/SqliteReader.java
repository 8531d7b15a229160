package io.kadenza.store.internal;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Entry;
import io.kadenza.store.StoreException;
import io.kadenza.store.StoreException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads committed rows on a connection of its own, so that no reader waits for the disk to take a
/// commit. Every row is checked against its sum. Guarded by itself.
final class SqliteReader implements AutoCloseable {
  private record Statements(RowSum sum, PreparedStatement get, PreparedStatement scan) {}

  private final Path file;
  private final Connection connection;
  private final Map<String, Statements> tables = new HashMap<>();

  SqliteReader(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  synchronized Optional<Bytes> get(String table, Bytes key) {
    try {
      Statements statements = statements(table);
      statements.get.setBytes(1, key.toArray());
      try (var found = statements.get.executeQuery()) {
        if (!found.next()) {
          return Optional.empty();
        }
        byte[] value = found.getBytes(1);
        check(table, isRight(statements.sum, key.toArray(), value, found.getLong(2)));
        return Optional.of(Bytes.wrap(value));
      }
    } catch (SQLException failure) {
      throw Failures.of(file, failure);
    }
  }

  synchronized List<Entry> scan(String table, Bytes from, int limit) {
    try {
      Statements statements = statements(table);
      statements.scan.setBytes(1, from.toArray());
      statements.scan.setInt(2, limit);
      var entries = new ArrayList<Entry>();
      try (var found = statements.scan.executeQuery()) {
        while (found.next()) {
          byte[] key = found.getBytes(1);
          byte[] value = found.getBytes(2);
          check(table, isRight(statements.sum, key, value, found.getLong(3)));
          entries.add(new Entry(Bytes.wrap(key), Bytes.wrap(value)));
        }
      }
      return entries;
    } catch (SQLException failure) {
      throw Failures.of(file, failure);
    }
  }

  /// Hands over all rows of a table as they are at one moment.
  synchronized void readAll(String table, Consumer<? super Entry> reader) {
    try {
      execute("BEGIN");
      try {
        check(table, new Verification(connection).read(table, reader));
      } finally {
        end();
      }
    } catch (SQLException failure) {
      throw Failures.of(file, failure);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void end() {
    try {
      execute("COMMIT");
    } catch (SQLException ended) {
      // SQLite has done it by itself, as it does after some errors, which are told already.
    }
  }

  /// A bit may also turn bytes into nothing at all.
  private static boolean isRight(RowSum sum, byte[] key, byte @Nullable [] value, long expected) {
    return value != null && sum.of(key, value) == expected;
  }

  private void check(String table, boolean right) {
    if (!right) {
      throw new StoreException(
          Reason.DAMAGED, "table " + table + " of " + file + " is damaged; restart to mend it");
    }
  }

  private Statements statements(String table) throws SQLException {
    Statements known = tables.get(table);
    if (known == null) {
      known =
          new Statements(
              new RowSum(table),
              connection.prepareStatement("SELECT value, sum FROM " + table + " WHERE key = ?"),
              connection.prepareStatement(
                  "SELECT key, value, sum FROM " + table + " WHERE key >= ? ORDER BY key LIMIT ?"));
      tables.put(table, known);
    }
    return known;
  }

  @Override
  public synchronized void close() {
    try {
      // Its statements go with the connection.
      connection.close();
    } catch (SQLException nothingIsLost) {
      // It only read.
    }
  }
}
