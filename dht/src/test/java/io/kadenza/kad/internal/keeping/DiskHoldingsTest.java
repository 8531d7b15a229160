package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Change;
import io.kadenza.store.Database;
import io.kadenza.store.Entry;
import io.kadenza.store.MemoryDatabase;
import io.kadenza.store.Store;
import io.kadenza.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiskHoldingsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Record RECORD = new Record(KEY, Bytes.utf8("value"));

  private final SplittableRandom random = new SplittableRandom(9);
  private final PeerInfo peer = Peers.info(random);

  /// A database whose disk is full from some moment on.
  private static final class FullDisk implements Database {
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

  private DiskHoldings on(Database database) {
    return DiskHoldings.over(Store.over(database), KadConfig.DEFAULT, random, NOW);
  }

  @Test
  void t44OnAFullDiskNothingIsPromisedAndReadsGoOn() {
    var disk = new FullDisk();
    try (var holdings = on(disk)) {
      holdings.records().put(RECORD, peer.id(), NOW, Instant.MAX);
      holdings.providers().add(KEY, peer, NOW);
      holdings.sync().join();
      disk.full = true;
      holdings.providers().add(Bytes.utf8("other"), peer, NOW);

      assertThatThrownBy(() -> holdings.sync().join()).hasRootCauseInstanceOf(StoreException.class);

      assertThat(holdings.health().isWell()).isFalse();
      assertThat(holdings.records().put(RECORD, peer.id(), NOW, Instant.MAX))
          .isEqualTo(StoreVerdict.UNAVAILABLE);
      assertThat(holdings.providers().add(KEY, peer, NOW)).isEqualTo(StoreVerdict.UNAVAILABLE);
      assertThat(holdings.records().get(KEY, NOW)).isPresent();
      assertThat(holdings.providers().get(KEY, random, NOW)).containsExactly(peer);
    }
    disk.full = false;
    try (var holdings = on(disk)) {
      assertThat(holdings.records().get(KEY, NOW)).isPresent();
      assertThat(holdings.providers().size()).isEqualTo(1);
    }
  }

  @Test
  void contactsAreKeptInTheirOrder() {
    var database = new MemoryDatabase();
    var peers = new ArrayList<PeerInfo>();
    for (int i = 0; i < 300; i++) {
      peers.add(Peers.info(random));
    }
    try (var holdings = on(database)) {
      assertThat(holdings.contacts()).isEmpty();
      holdings.saveContacts(peers);
    }
    try (var holdings = on(database)) {
      assertThat(holdings.contacts()).isEqualTo(peers);
      holdings.saveContacts(peers.subList(100, 200));
    }
    try (var holdings = on(database)) {
      assertThat(holdings.contacts()).isEqualTo(peers.subList(100, 200));
    }
  }
}
