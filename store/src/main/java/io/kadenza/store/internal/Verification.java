package io.kadenza.store.internal;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Reads a database and adds it up.
final class Verification {
  private final Connection connection;

  Verification(Connection connection) {
    this.connection = connection;
  }

  /// The tables there are, without the one of the sums.
  Set<String> tables() throws SQLException {
    var names = new TreeSet<String>();
    try (var statement = connection.createStatement();
        var found = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    names.remove(SqliteTable.SUMS);
    return names;
  }

  /// Whether every row is what was written, and none is missing.
  boolean passes() throws SQLException {
    return passes(Long.MAX_VALUE);
  }

  /// Whether every row of the small tables is what was written, and none is missing. Of a large one
  /// it is only seen that it is large: damage must not make a small one pass for it.
  ///
  /// @param small up to how many rows a table is small
  boolean passes(long small) throws SQLException {
    Set<String> unaccounted = tables();
    boolean isNew = unaccounted.isEmpty() && !hasSums();
    if (isNew) {
      return true;
    }
    try (var statement = connection.createStatement();
        var sums = statement.executeQuery("SELECT name, entries, sum FROM " + SqliteTable.SUMS)) {
      while (sums.next()) {
        String name = sums.getString(1);
        if (!unaccounted.remove(name)
            || !TableName.isRight(name)
            || !passes(name, sums.getLong(2), sums.getLong(3), small)) {
          return false;
        }
      }
    }
    return unaccounted.isEmpty();
  }

  private boolean hasSums() throws SQLException {
    try (var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "SELECT 1 FROM sqlite_schema WHERE name = '" + SqliteTable.SUMS + "'")) {
      return found.next();
    }
  }

  private boolean passes(String table, long entries, long sum, long small) throws SQLException {
    return entries > small ? hasMoreThan(table, small) : addsUp(table, entries, sum, _ -> {});
  }

  private boolean hasMoreThan(String table, long rows) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1 OFFSET " + rows)) {
      return found.next();
    }
  }

  /// Hands over the rows of one table, as they are at one moment.
  ///
  /// @return whether all of them are what was written, and none is missing; whoever was given some
  ///   is to forget them if not
  boolean read(String table, Consumer<? super Entry> reader) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT entries, sum FROM " + SqliteTable.SUMS + " WHERE name = ?")) {
      select.setString(1, table);
      try (var sums = select.executeQuery()) {
        return sums.next() && addsUp(table, sums.getLong(1), sums.getLong(2), reader);
      }
    }
  }

  /// A bit may also turn bytes into text, which compares otherwise.
  private boolean addsUp(String table, long entries, long sum, Consumer<? super Entry> reader)
      throws SQLException {
    var rowSum = new RowSum(table);
    long count = 0;
    long total = 0;
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT key, value, sum FROM "
                    + table
                    + " WHERE typeof(key) = 'blob' AND typeof(value) = 'blob' ORDER BY key")) {
      while (rows.next()) {
        byte[] key = rows.getBytes(1);
        byte[] value = rows.getBytes(2);
        long found = rowSum.of(key, value);
        if (found != rows.getLong(3)) {
          return false;
        }
        count++;
        total += RowSum.scrambled(found);
        reader.accept(new Entry(Bytes.wrap(key), Bytes.wrap(value)));
      }
    }
    return count == entries && total == sum;
  }
}
