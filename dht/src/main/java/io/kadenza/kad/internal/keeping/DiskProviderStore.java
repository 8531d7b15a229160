package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.record.MemoryProviderStore;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.ProviderStore;
import io.kadenza.kad.record.RestoredProviders;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// Provider records that outlive the node: in memory, bounded by the same limits, with every change
/// written down. Confined to the engine.
final class DiskProviderStore implements ProviderStore {
  private final Store store;
  private final MemoryProviderStore providers;

  private DiskProviderStore(Store store, MemoryProviderStore providers) {
    this.store = store;
    this.providers = providers;
  }

  static DiskProviderStore open(
      Store store, ProviderLimits limits, RandomGenerator random, Instant now) {
    var seed = HashSeed.of(store);
    var rows = new ProviderRows(store);
    var restored = new RestoredProviders(limits, seed.first(), seed.second(), rows, now);
    rows.readInto(restored, limits, now);
    return new DiskProviderStore(store, restored.finish(random));
  }

  @Override
  public StoreVerdict add(Bytes key, PeerInfo provider, Sender from, Instant now) {
    return store.accepts() ? providers.add(key, provider, from, now) : StoreVerdict.UNAVAILABLE;
  }

  @Override
  public List<PeerInfo> get(Bytes key, RandomGenerator random, Instant now) {
    return providers.get(key, random, now);
  }

  @Override
  public List<PeerInfo> held(Bytes key, Instant now) {
    return providers.held(key, now);
  }

  @Override
  public boolean remove(Bytes key, PeerId provider) {
    return providers.remove(key, provider);
  }

  @Override
  public int size() {
    return providers.size();
  }

  @Override
  public boolean sweep(Instant now) {
    return providers.sweep(now);
  }
}
