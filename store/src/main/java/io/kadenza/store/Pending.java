package io.kadenza.store;

import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Changes that no commit has carried out yet; of several to one key, the last. Guarded by the
/// store's lock while it is filled; unchanged while it is committed.
final class Pending {
  /// What a change takes beside its bytes, roughly.
  private static final int OVERHEAD = 128;

  private final Map<String, NavigableMap<Bytes, Change>> tables = new HashMap<>();
  private long bytes;

  void add(Change change) {
    Change before =
        tables.computeIfAbsent(change.table(), _ -> new TreeMap<>()).put(change.key(), change);
    bytes += cost(change) - (before == null ? 0 : cost(before));
  }

  private static long cost(Change change) {
    return (long) OVERHEAD + change.key().size() + change.value().map(Bytes::size).orElse(0);
  }

  /// The change to a key, null if there is none.
  @Nullable Change get(String table, Bytes key) {
    var changes = tables.get(table);
    return changes == null ? null : changes.get(key);
  }

  /// Lays the changes over what a database has from a key on.
  void overlay(String table, Bytes from, Map<Bytes, Bytes> entries) {
    var changes = tables.get(table);
    if (changes != null) {
      changes
          .tailMap(from, true)
          .forEach((key, change) ->
              change
                  .value()
                  .ifPresentOrElse(value -> entries.put(key, value), () -> entries.remove(key)));
    }
  }

  /// How many changes of the table concern keys from `from` on.
  int count(String table, Bytes from) {
    var changes = tables.get(table);
    return changes == null ? 0 : changes.tailMap(from, true).size();
  }

  /// Takes over what `older` has and this one has not.
  void addOlder(Pending older) {
    for (Change change : older.changes()) {
      if (get(change.table(), change.key()) == null) {
        add(change);
      }
    }
  }

  List<Change> changes() {
    var all = new ArrayList<Change>();
    tables.values().forEach(changes -> all.addAll(changes.values()));
    return all;
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }

  long bytes() {
    return bytes;
  }
}
