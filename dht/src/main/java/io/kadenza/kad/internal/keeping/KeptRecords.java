package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.DataDirectory;
import io.kadenza.kad.record.HeldValue;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Entry;
import io.kadenza.store.Rows;
import io.kadenza.store.Snapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Rows of a stopped node, read where they lie. What is expired is not shown, whether or not the
/// node came to delete it.
public final class KeptRecords implements DataDirectory {
  private static final int PAGE = 1_000;

  private final Snapshot snapshot;
  private final Rows values;
  private final Rows providers;
  private final Rows peers;
  private final Instant now;

  private KeptRecords(Snapshot snapshot, Instant now) {
    this.snapshot = snapshot;
    this.values = snapshot.table(DiskRecordStore.RECORDS);
    this.providers = snapshot.table(ProviderRows.RECORDS);
    this.peers = snapshot.table(ProviderRows.PEERS);
    this.now = now;
  }

  /// What is there at this moment.
  public static KeptRecords read(Path directory) {
    return new KeptRecords(Snapshot.open(directory), Instant.now());
  }

  static KeptRecords of(Snapshot snapshot, Instant now) {
    return new KeptRecords(snapshot, now);
  }

  @Override
  public List<HeldValue> heldValues(Bytes after, int limit) {
    var page = new ArrayList<HeldValue>();
    Bytes from = after.isEmpty() ? after : Rows.after(after);
    while (true) {
      List<Entry> entries = values.scan(from, PAGE);
      for (Entry entry : entries) {
        value(entry).ifPresent(page::add);
        if (page.size() == limit) {
          return page;
        }
      }
      if (entries.size() < PAGE) {
        return page;
      }
      from = Rows.after(entries.getLast().key());
    }
  }

  @Override
  public Optional<HeldValue> heldValue(Bytes key) {
    return values.get(key).flatMap(row -> value(new Entry(key, row)));
  }

  /// As a store takes it in when it opens: a record lives no longer than a time to live from now.
  private Optional<HeldValue> value(Entry entry) {
    Instant latest = now.plus(RecordLimits.DEFAULT.ttl());
    return RecordRow.decode(entry.key(), entry.value())
        .filter(row -> now.isBefore(row.expires()))
        .map(row ->
            new HeldValue(
                row.record(),
                row.from().id(),
                row.expires().isBefore(latest) ? row.expires() : latest));
  }

  @Override
  public List<PeerInfo> heldProviders(Bytes key) {
    var found = new ArrayList<PeerInfo>();
    forEachProvider(row -> {
      if (row.content().equals(key)) {
        peers
            .get(ProviderRows.name(row.peer()))
            .flatMap(PeerRow::decode)
            .map(this::peer)
            .ifPresent(found::add);
      }
    });
    return found;
  }

  /// Addresses that are too old to be trusted are not handed on.
  private PeerInfo peer(PeerRow row) {
    boolean isFresh = row.addressesExpire() > now.getEpochSecond();
    return isFresh ? row.peer() : new PeerInfo(row.peer().id(), List.of());
  }

  @Override
  public int providerRecords() {
    var count = new LongAdder();
    forEachProvider(_ -> count.increment());
    return count.intValue();
  }

  private void forEachProvider(Consumer<ProviderRow> reader) {
    providers.forEach(entry ->
        ProviderRow.of(entry)
            .filter(row -> row.expires() > now.getEpochSecond())
            .ifPresent(reader));
  }

  @Override
  public List<String> findings() {
    return snapshot.findings();
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
