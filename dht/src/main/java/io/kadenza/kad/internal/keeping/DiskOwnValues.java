package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.provide.MemoryOwnValues;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.provide.OwnValues;
import io.kadenza.kad.provide.ProvideLimits;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import io.kadenza.store.Store;
import io.kadenza.store.Table;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Published values that outlive the node: in memory, with every change written down. A row is a
/// protobuf of the value and of when it was last stored at others. Confined to the engine.
final class DiskOwnValues implements OwnValues {
  private static final int VALUE = 1;
  private static final int STORED = 2;
  private static final int STORED_NANOS = 3;

  private final Store store;
  private final Table rows;
  private final MemoryOwnValues values;

  private DiskOwnValues(Store store, ProvideLimits limits) {
    this.store = store;
    this.rows = store.table("published");
    this.values = new MemoryOwnValues(limits);
  }

  static DiskOwnValues open(Store store, ProvideLimits limits, Instant now) {
    var own = new DiskOwnValues(store, limits);
    own.rows.forEach(row ->
        decode(row.key(), row.value())
            .filter(value -> own.values.keep(value.key(), value.value()))
            .ifPresentOrElse(
                value ->
                    // A clock that was ahead is no reason to wait with the next time.
                    value
                        .stored()
                        .filter(time -> !time.isAfter(now))
                        .ifPresent(time -> own.values.stored(value.key(), time)),
                () -> own.rows.delete(row.key())));
    return own;
  }

  private static Bytes encode(OwnValue value) {
    var out = new ProtoWriter().bytes(VALUE, value.value());
    value
        .stored()
        .ifPresent(
            time -> out.varint(STORED, time.getEpochSecond()).varint(STORED_NANOS, time.getNano()));
    return out.toBytes();
  }

  /// Empty if this is no such row.
  private static Optional<OwnValue> decode(Bytes key, Bytes row) {
    try {
      var in = new ProtoReader(row.toArray());
      Bytes value = null;
      long stored = 0;
      int nanos = 0;
      while (in.next()) {
        switch (in.field()) {
          case VALUE -> value = in.value(Table.MAX_VALUE_BYTES);
          case STORED -> stored = in.varint();
          case STORED_NANOS -> nanos = in.int32();
          default -> in.skip();
        }
      }
      Optional<Instant> time =
          stored == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(stored, nanos));
      return value == null ? Optional.empty() : Optional.of(new OwnValue(key, value, time));
    } catch (MalformedException | DateTimeException | ArithmeticException notARow) {
      return Optional.empty();
    }
  }

  @Override
  public boolean keep(Bytes key, Bytes value) {
    boolean kept = store.accepts() && values.keep(key, value);
    if (kept) {
      write(key);
    }
    return kept;
  }

  private void write(Bytes key) {
    values.get(key).ifPresent(value -> rows.put(key, encode(value)));
  }

  @Override
  public boolean forget(Bytes key) {
    boolean known = values.forget(key);
    if (known) {
      rows.delete(key);
    }
    return known;
  }

  @Override
  public Optional<OwnValue> get(Bytes key) {
    return values.get(key);
  }

  @Override
  public List<OwnValue> all() {
    return values.all();
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public void stored(Bytes key, Instant when) {
    values.stored(key, when);
    write(key);
  }
}
