package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.ProviderRoomContract;
import io.kadenza.kad.record.ProviderStore;
import java.time.Instant;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a database in memory, which outlives the stores on it here.
class DiskProviderRoomTest extends ProviderRoomContract {
  @RegisterExtension private final ReopenableStore store = new ReopenableStore();

  @Override
  protected ProviderStore store(ProviderLimits limits) {
    return DiskProviderStore.open(store.empty(), limits, random, NOW);
  }

  @Override
  protected ProviderStore reopened(ProviderStore old, ProviderLimits limits, Instant now) {
    return DiskProviderStore.open(store.reopened(), limits, random, now);
  }
}
