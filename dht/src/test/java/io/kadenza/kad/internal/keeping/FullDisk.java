package io.kadenza.kad.internal.keeping;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Change;
import io.kadenza.store.Database;
import io.kadenza.store.Entry;
import io.kadenza.store.MemoryDatabase;
import io.kadenza.store.StoreException;
import java.util.List;
import java.util.Optional;

/// A database whose disk is full from some moment on, and which outlives the stores on it.
final class FullDisk implements Database {
  private final Database database = new MemoryDatabase();
  volatile boolean full;

  @Override
  public void commit(List<Change> group) {
    if (full) {
      throw new StoreException(StoreException.Reason.DISK_FULL, "no room left");
    }
    database.commit(group);
  }

  @Override
  public Optional<Bytes> get(String table, Bytes key) {
    return database.get(table, key);
  }

  @Override
  public List<Entry> scan(String table, Bytes from, int limit) {
    return database.scan(table, from, limit);
  }

  @Override
  public void close() {}
}
