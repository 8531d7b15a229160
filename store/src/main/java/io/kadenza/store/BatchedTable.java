package io.kadenza.store;

import io.kadenza.multiformats.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A table of a [BatchingStore], which has all of its state.
final class BatchedTable implements Table {
  private final BatchingStore store;
  private final String name;

  BatchedTable(BatchingStore store, String name) {
    this.store = store;
    this.name = name;
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return store.get(name, key);
  }

  @Override
  public void put(Bytes key, Bytes value) {
    if (key.size() > MAX_KEY_BYTES || value.size() > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "key of "
              + key.size()
              + " and value of "
              + value.size()
              + " bytes; at most "
              + MAX_KEY_BYTES
              + " and "
              + MAX_VALUE_BYTES);
    }
    store.change(name, key, Optional.of(value));
  }

  @Override
  public void delete(Bytes key) {
    store.change(name, key, Optional.empty());
  }

  @Override
  public List<Entry> scan(Bytes from, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of " + limit + " entries");
    }
    return store.scan(name, from, limit);
  }

  @Override
  public void forEach(Consumer<? super Entry> reader) {
    if (!store.readAll(name, reader)) {
      Table.super.forEach(reader);
    }
  }
}
