package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Stores;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Health;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/// What lasts as long as the node runs.
public final class MemoryHoldings implements Holdings {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final Stores stores;

  public MemoryHoldings(KadConfig config, RandomGenerator random) {
    stores = Stores.inMemory(config, random);
  }

  @Override
  public Stores stores() {
    return stores;
  }

  @Override
  public boolean isLasting() {
    return false;
  }

  @Override
  public List<PeerInfo> contacts() {
    return List.of();
  }

  @Override
  public void saveContacts(List<PeerInfo> contacts) {}

  /// At once: there is nothing to wait for.
  @Override
  public CompletableFuture<Void> sync() {
    return DONE;
  }

  @Override
  public Health health() {
    return new Health.Well();
  }

  @Override
  public void close() {}
}
