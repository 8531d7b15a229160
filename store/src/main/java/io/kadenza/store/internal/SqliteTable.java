package io.kadenza.store.internal;

import io.kadenza.multiformats.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/// One table as the committing thread sees it: its rows and what they add up to change together.
/// Confined to the committing thread.
final class SqliteTable implements AutoCloseable {
  /// Where the tables' own sums are kept.
  static final String SUMS = "kadenza_tables";

  private final String name;
  private final RowSum rowSum;
  private final PreparedStatement sumOf;
  private final PreparedStatement put;
  private final PreparedStatement delete;
  private final PreparedStatement save;
  private long rows;
  private long total;

  private SqliteTable(Connection writer, String name) throws SQLException {
    this.name = name;
    this.rowSum = new RowSum(name);
    this.sumOf = writer.prepareStatement("SELECT sum FROM " + name + " WHERE key = ?");
    this.put =
        writer.prepareStatement(
            "INSERT INTO "
                + name
                + "(key, value, sum) VALUES(?, ?, ?)"
                + " ON CONFLICT(key) DO UPDATE SET value = excluded.value, sum = excluded.sum");
    this.delete = writer.prepareStatement("DELETE FROM " + name + " WHERE key = ?");
    this.save =
        writer.prepareStatement(
            "INSERT INTO "
                + SUMS
                + "(name, entries, sum) VALUES(?, ?, ?)"
                + " ON CONFLICT(name) DO UPDATE SET entries = excluded.entries, sum = excluded.sum");
  }

  /// Makes the table if there is none. Part of the transaction at hand.
  static SqliteTable open(Connection writer, String name) throws SQLException {
    if (!TableName.isRight(name)) {
      throw new IllegalArgumentException("no name for a table: " + name);
    }
    try (var statement = writer.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + SUMS
              + "(name TEXT PRIMARY KEY, entries INTEGER NOT NULL, sum INTEGER NOT NULL)"
              + " WITHOUT ROWID");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + name
              + "(key BLOB PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID");
    }
    var table = new SqliteTable(writer, name);
    table.readTotals(writer);
    return table;
  }

  long rows() {
    return rows;
  }

  private void readTotals(Connection writer) throws SQLException {
    try (var select =
        writer.prepareStatement("SELECT entries, sum FROM " + SUMS + " WHERE name = ?")) {
      select.setString(1, name);
      try (var found = select.executeQuery()) {
        if (found.next()) {
          rows = found.getLong(1);
          total = found.getLong(2);
        }
      }
    }
  }

  void change(Bytes key, Optional<Bytes> value) throws SQLException {
    byte[] name = key.toArray();
    forget(name);
    if (value.isEmpty()) {
      delete.setBytes(1, name);
      delete.executeUpdate();
      return;
    }
    byte[] content = value.get().toArray();
    long sum = rowSum.of(name, content);
    put.setBytes(1, name);
    put.setBytes(2, content);
    put.setLong(3, sum);
    put.executeUpdate();
    rows++;
    total += RowSum.scrambled(sum);
  }

  /// Takes the row that stands under the key out of the table's sum.
  private void forget(byte[] key) throws SQLException {
    sumOf.setBytes(1, key);
    try (var found = sumOf.executeQuery()) {
      if (found.next()) {
        rows--;
        total -= RowSum.scrambled(found.getLong(1));
      }
    }
  }

  /// Writes down what the rows add up to, at the end of a transaction.
  void save() throws SQLException {
    save.setString(1, name);
    save.setLong(2, rows);
    save.setLong(3, total);
    save.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    sumOf.close();
    put.close();
    delete.close();
    save.close();
  }
}
