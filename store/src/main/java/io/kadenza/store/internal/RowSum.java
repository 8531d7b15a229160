package io.kadenza.store.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;

/// What a row's bytes add up to, and what a table's rows do. SQLite checks its journal but not its
/// pages, so that a bit that turns over on the disk would otherwise be read as if it were right.
///
/// A row's sum is the CRC-32C of its table and key, and that of its table, key and value: each
/// finds every error of a single bit or burst. A table's sum is that of its rows' sums, scrambled,
/// so that rows may come and go in any order; it finds rows that are missing, or that are of an
/// earlier time.
final class RowSum {
  private final byte[] table;

  RowSum(String table) {
    this.table = table.getBytes(UTF_8);
  }

  long of(byte[] key, byte[] value) {
    var crc = new CRC32C();
    crc.update(table);
    crc.update(0);
    crc.update(key);
    long ofKey = crc.getValue();
    crc.update(value);
    return ofKey << 32 | crc.getValue();
  }

  /// What one row adds to its table's sum.
  static long scrambled(long sum) {
    long z = (sum ^ sum >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
