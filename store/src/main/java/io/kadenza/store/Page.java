package io.kadenza.store;

import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Some consecutive entries of a table, while changes are laid over what the database has of them.
final class Page {
  private final int limit;
  private final boolean isLast;
  private final NavigableMap<Bytes, Bytes> entries = new TreeMap<>();
  private final Bytes end;

  /// @param read what the database has: `limit` entries and one more for each of the `changes`, any
  ///   of which may remove one, or fewer if there are no more
  Page(int limit, List<Entry> read, int changes) {
    this.limit = limit;
    this.isLast = read.size() < limit + changes;
    this.end = read.isEmpty() ? Bytes.EMPTY : read.getLast().key();
    read.forEach(entry -> entries.put(entry.key(), entry.value()));
  }

  /// Whether the database has nothing behind it.
  boolean isLast() {
    return isLast;
  }

  /// The last key that the database has of it.
  Bytes end() {
    return end;
  }

  Map<Bytes, Bytes> entries() {
    return entries;
  }

  /// The entries from the first on. What lies behind the last that was read is left for the next
  /// page: the database may have more in between.
  List<Entry> finish() {
    var known = isLast ? entries : entries.headMap(end, true);
    var first = new ArrayList<Entry>(Math.min(limit, known.size()));
    for (var entry : known.entrySet()) {
      if (first.size() == limit) {
        break;
      }
      first.add(new Entry(entry.getKey(), entry.getValue()));
    }
    return first;
  }
}
