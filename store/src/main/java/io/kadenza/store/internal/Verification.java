package io.kadenza.store.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/// Reads a whole database and adds it up.
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
            || !SqliteTable.isName(name)
            || !addsUp(name, sums.getLong(2), sums.getLong(3))) {
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

  /// A bit may also turn bytes into text, which compares otherwise.
  private boolean addsUp(String table, long entries, long sum) throws SQLException {
    var rowSum = new RowSum(table);
    long count = 0;
    long total = 0;
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT key, value, sum FROM "
                    + table
                    + " WHERE typeof(key) = 'blob' AND typeof(value) = 'blob'")) {
      while (rows.next()) {
        long found = rowSum.of(rows.getBytes(1), rows.getBytes(2));
        if (found != rows.getLong(3)) {
          return false;
        }
        count++;
        total += RowSum.scrambled(found);
      }
    }
    return count == entries && total == sum;
  }
}
