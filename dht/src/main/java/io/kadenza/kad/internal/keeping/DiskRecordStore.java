package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.record.HeldValue;
import io.kadenza.kad.record.MemoryRecordStore;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordJournal;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.record.Shelf;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Store;
import io.kadenza.store.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Values that outlive the node: in memory, bounded by the same limits, with every change written
/// down. Confined to the engine.
final class DiskRecordStore implements RecordStore {
  static final String RECORDS = "records";

  private final Store store;
  private final MemoryRecordStore records;

  private DiskRecordStore(Store store, MemoryRecordStore records) {
    this.store = store;
    this.records = records;
  }

  static DiskRecordStore open(Store store, RecordLimits limits, Instant now) {
    Table table = store.table(RECORDS);
    var records = new MemoryRecordStore(limits, new Rows(table), new Shelf());
    var rows = new ArrayList<RecordRow>();
    table.forEach(entry ->
        RecordRow.decode(entry.key(), entry.value())
            .filter(row -> now.isBefore(row.expires()))
            .map(row -> bounded(row, now.plus(limits.ttl()), store, table))
            .ifPresentOrElse(rows::add, () -> table.delete(entry.key())));
    rows.sort(Comparator.comparing(RecordRow::expires));
    for (RecordRow row : rows) {
      if (!records.restore(row.record(), row.from(), row.expires(), now).isStored()) {
        table.delete(row.record().key());
      }
    }
    return new DiskRecordStore(store, records);
  }

  /// What was stored while the clock was ahead must not live anew with each restart. That may be
  /// all there is: what a slow disk has no room for now is written down at a later start.
  private static RecordRow bounded(RecordRow row, Instant latest, Store store, Table table) {
    if (!row.expires().isAfter(latest)) {
      return row;
    }
    var bounded = new RecordRow(row.record(), row.from(), latest);
    if (store.accepts()) {
      table.put(row.record().key(), bounded.encode());
    }
    return bounded;
  }

  private record Rows(Table table) implements RecordJournal {
    @Override
    public void stored(Record record, Sender from, Instant expires) {
      table.put(record.key(), new RecordRow(record, from, expires).encode());
    }

    @Override
    public void removed(Bytes key) {
      table.delete(key);
    }
  }

  @Override
  public Optional<Record> get(Bytes key, Instant now) {
    return records.get(key, now);
  }

  @Override
  public StoreVerdict put(Record record, Sender from, Instant now, Instant until) {
    return store.accepts() ? records.put(record, from, now, until) : StoreVerdict.UNAVAILABLE;
  }

  @Override
  public Optional<HeldValue> held(Bytes key, Instant now) {
    return records.held(key, now);
  }

  @Override
  public List<HeldValue> list(Bytes after, int limit, Instant now) {
    return records.list(after, limit, now);
  }

  @Override
  public Optional<Shelf> shelf() {
    return records.shelf();
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public long bytes() {
    return records.bytes();
  }

  @Override
  public void sweep(Instant now) {
    records.sweep(now);
  }
}
