package io.kadenza.kad.engine;

import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.MemoryKeystore;
import io.kadenza.kad.provide.MemoryOwnValues;
import io.kadenza.kad.provide.OwnValues;
import io.kadenza.kad.record.MemoryProviderStore;
import io.kadenza.kad.record.MemoryRecordStore;
import io.kadenza.kad.record.ProviderStore;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.kad.record.Shelf;
import java.util.random.RandomGenerator;

/// Where an engine keeps what it keeps. From the moment an engine has them they belong to its
/// thread.
///
/// @param records values, for others
/// @param providers who provides what, for others
/// @param keystore what this node provides
/// @param ownValues what this node published
public record Stores(
    RecordStore records, ProviderStore providers, Keystore keystore, OwnValues ownValues) {
  /// Stores in memory, within the bounds of a configuration.
  public static Stores inMemory(KadConfig config, RandomGenerator random) {
    return keeping(
        new MemoryRecordStore(config.records(), null, new Shelf()),
        new MemoryProviderStore(config.providers(), random),
        config);
  }

  /// These stores for others, and our own in memory.
  static Stores keeping(RecordStore records, ProviderStore providers, KadConfig config) {
    return new Stores(
        records,
        providers,
        new MemoryKeystore(config.provide()),
        new MemoryOwnValues(config.provide()));
  }
}
