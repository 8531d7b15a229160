package io.kadenza.store;

import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Tables in memory, which behave as those on a disk do but for being forgotten. Guarded by itself.
/// A test may have its commits fail.
public class MemoryDatabase implements Database {
  private final Map<String, NavigableMap<Bytes, Bytes>> tables = new HashMap<>();

  /// Without tables.
  public MemoryDatabase() {}

  @Override
  public synchronized void commit(List<Change> group) {
    for (Change change : group) {
      var table = tables.computeIfAbsent(change.table(), _ -> new TreeMap<>());
      change
          .value()
          .ifPresentOrElse(
              value -> table.put(change.key(), value), () -> table.remove(change.key()));
    }
  }

  @Override
  public synchronized Optional<Bytes> get(String table, Bytes key) {
    return Optional.ofNullable(table(table).get(key));
  }

  @Override
  public synchronized List<Entry> scan(String table, Bytes from, int limit) {
    var found = new ArrayList<Entry>();
    for (var entry : table(table).tailMap(from, true).entrySet()) {
      if (found.size() == limit) {
        break;
      }
      found.add(new Entry(entry.getKey(), entry.getValue()));
    }
    return found;
  }

  private NavigableMap<Bytes, Bytes> table(String name) {
    return tables.getOrDefault(name, new TreeMap<>());
  }

  @Override
  public void close() {}
}
