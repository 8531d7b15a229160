package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Stores;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Health;
import io.kadenza.store.Store;
import io.kadenza.store.StoreException;
import io.kadenza.store.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What outlives the node, in a directory of its own.
public final class DiskHoldings implements Holdings {
  private static final Logger LOG = LoggerFactory.getLogger(DiskHoldings.class);

  /// What a row has beside the value of a record.
  private static final int BESIDE_VALUE = 1 << 10;

  private static final int MAX_VALUE_BYTES = Table.MAX_VALUE_BYTES - BESIDE_VALUE;

  private final Store store;
  private final Stores stores;
  private final ContactRows contacts;

  private DiskHoldings(Store store, KadConfig config, RandomGenerator random, Instant now) {
    this.store = store;
    this.stores =
        new Stores(
            DiskRecordStore.open(store, config.records(), now),
            DiskProviderStore.open(store, config.providers(), random, now),
            DiskKeystore.open(store, config.provide(), now),
            DiskOwnValues.open(store, config.provide(), now));
    this.contacts = new ContactRows(store.table("contacts"));
  }

  /// Opens what is kept in a directory, which is this node's alone until it is closed. Damage that
  /// shows only when all of it is read is mended by opening it once more.
  ///
  /// @throws io.kadenza.store.StoreException as [Store#open]
  /// @throws IllegalArgumentException if the configuration admits records that fit into no row
  public static DiskHoldings open(
      Path directory, KadConfig config, RandomGenerator random, Instant now) {
    checkFits(config.records());
    try {
      return over(Store.open(directory), config, random, now);
    } catch (StoreException failed) {
      if (failed.reason() != StoreException.Reason.DAMAGED) {
        throw failed;
      }
      LOG.warn("{}; opening it again", failed.getMessage());
      return over(Store.open(directory), config, random, now);
    }
  }

  private static void checkFits(RecordLimits limits) {
    if (limits.maxKeyBytes() > Table.MAX_KEY_BYTES || limits.maxValueBytes() > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "a directory keeps keys of up to "
              + Table.MAX_KEY_BYTES
              + " bytes and values of up to "
              + MAX_VALUE_BYTES
              + "; the limits of records admit "
              + limits.maxKeyBytes()
              + " and "
              + limits.maxValueBytes());
    }
  }

  /// What is kept in a store, which is closed with this.
  static DiskHoldings over(Store store, KadConfig config, RandomGenerator random, Instant now) {
    try {
      store.findings().forEach(LOG::warn);
      return new DiskHoldings(store, config, random, now);
    } catch (RuntimeException | Error failed) {
      store.close();
      throw failed;
    }
  }

  @Override
  public Stores stores() {
    return stores;
  }

  @Override
  public boolean isLasting() {
    return true;
  }

  @Override
  public List<PeerInfo> contacts() {
    return contacts.read();
  }

  @Override
  public void saveContacts(List<PeerInfo> peers) {
    contacts.write(peers);
  }

  @Override
  public CompletableFuture<Void> sync() {
    return store.sync();
  }

  @Override
  public Health health() {
    return store.health();
  }

  @Override
  public void close() {
    store.close();
  }
}
