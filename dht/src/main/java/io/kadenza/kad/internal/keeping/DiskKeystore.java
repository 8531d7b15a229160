package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.MemoryKeystore;
import io.kadenza.kad.provide.ProvideLimits;
import io.kadenza.kad.provide.Provided;
import io.kadenza.kad.provide.Span;
import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Store;
import io.kadenza.store.Table;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Provided keys that outlive the node: in memory, with every change written down. A row is a key
/// and the second in which the network was told of it, 0 while it is waiting. Confined to the
/// engine.
///
/// While the disk fails nothing is written of what the sweep does, which would grow without end in
/// memory: after a restart some keys are told more often than they need be.
final class DiskKeystore implements Keystore {
  private static final Bytes SWEPT_UNTIL = Bytes.utf8("swept until");

  /// The last second that four bytes can tell, in 2106.
  private static final long LATEST = 0xffff_ffffL;

  private static final Bytes WAITING = Bytes.wrap(new byte[Integer.BYTES]);

  private final Store store;
  private final Table rows;
  private final Table facts;
  private final MemoryKeystore keys;

  private DiskKeystore(Store store, ProvideLimits limits) {
    this.store = store;
    this.rows = store.table("provided");
    this.facts = store.table("facts");
    this.keys = new MemoryKeystore(limits);
  }

  static DiskKeystore open(Store store, ProvideLimits limits, Instant now) {
    var keystore = new DiskKeystore(store, limits);
    keystore.rows.forEach(row -> keystore.restore(row, now));
    keystore
        .facts
        .get(SWEPT_UNTIL)
        .flatMap(DiskKeystore::position)
        .ifPresent(keystore.keys::sweptUntil);
    return keystore;
  }

  /// It may lie ahead of the present: in a small network one region, told when it began to be due,
  /// is all of the keyspace. How far ahead is believed is the sweep's to say.
  private static Optional<Instant> position(Bytes row) {
    if (row.size() != Long.BYTES + Integer.BYTES) {
      return Optional.empty();
    }
    ByteBuffer numbers = row.asBuffer();
    long second = numbers.getLong();
    int nanos = numbers.getInt();
    boolean isTime = second >= 0 && second <= LATEST && nanos >= 0 && nanos < 1_000_000_000;
    return isTime ? Optional.of(Instant.ofEpochSecond(second, nanos)) : Optional.empty();
  }

  /// A time that has not come yet is that of a clock which was ahead: the key is told again at
  /// once.
  private void restore(io.kadenza.store.Entry row, Instant now) {
    if (row.value().size() != Integer.BYTES || keys.add(row.key()) != Added.NEW) {
      rows.delete(row.key());
      return;
    }
    long told = Integer.toUnsignedLong(row.value().asBuffer().getInt());
    if (told > 0 && told <= now.getEpochSecond()) {
      keys.told(List.of(Provided.of(row.key())), Instant.ofEpochSecond(told));
    }
  }

  @Override
  public Added add(Bytes key) {
    if (!store.accepts()) {
      return keys.contains(key) ? Added.KNOWN : Added.FULL;
    }
    Added added = keys.add(key);
    if (added == Added.NEW) {
      rows.put(key, WAITING);
    }
    return added;
  }

  @Override
  public boolean remove(Bytes key) {
    boolean removed = keys.remove(key);
    if (removed) {
      rows.delete(key);
    }
    return removed;
  }

  @Override
  public boolean contains(Bytes key) {
    return keys.contains(key);
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public int waiting() {
    return keys.waiting();
  }

  @Override
  public List<Entry> list(@Nullable Bytes after, int limit) {
    return keys.list(after, limit);
  }

  @Override
  public List<Provided> waiting(Span span, @Nullable Bytes after, int limit) {
    return keys.waiting(span, after, limit);
  }

  @Override
  public List<Provided> notTold(
      Instant from, Instant to, Span span, @Nullable Bytes after, int limit) {
    return keys.notTold(from, to, span, after, limit);
  }

  @Override
  public void told(List<Provided> some, Instant when) {
    keys.told(some, when);
    int second = (int) Math.clamp(when.getEpochSecond(), 1, LATEST);
    write(some, Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(second).array()));
  }

  @Override
  public void untold(List<Provided> some) {
    keys.untold(some);
    write(some, WAITING);
  }

  private void write(List<Provided> some, Bytes told) {
    if (!store.accepts()) {
      return;
    }
    for (Provided key : some) {
      if (keys.contains(key)) {
        rows.put(key.key(), told);
      }
    }
  }

  @Override
  public Optional<Instant> sweptUntil() {
    return keys.sweptUntil();
  }

  @Override
  public void sweptUntil(Instant time) {
    keys.sweptUntil(time);
    ByteBuffer row = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    facts.put(
        SWEPT_UNTIL, Bytes.wrap(row.putLong(time.getEpochSecond()).putInt(time.getNano()).array()));
  }
}
