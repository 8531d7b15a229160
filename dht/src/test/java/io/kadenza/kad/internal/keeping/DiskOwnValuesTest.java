package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.provide.OwnValues;
import io.kadenza.kad.provide.OwnValuesContract;
import io.kadenza.kad.provide.ProvideLimits;
import io.kadenza.store.MemoryDatabase;
import io.kadenza.store.Store;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/// On a database in memory, which outlives the stores on it here.
class DiskOwnValuesTest extends OwnValuesContract {
  /// Later than all that the contract does.
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  private MemoryDatabase database = new MemoryDatabase();
  private Store store = Store.over(database);
  private ProvideLimits limits = ProvideLimits.DEFAULT;

  @Override
  protected OwnValues open(ProvideLimits bounds) {
    store.close();
    database = new MemoryDatabase();
    store = Store.over(database);
    limits = bounds;
    return DiskOwnValues.open(store, limits, LATER);
  }

  @Override
  protected OwnValues reopened(OwnValues old) {
    store.close();
    store = Store.over(database);
    return DiskOwnValues.open(store, limits, LATER);
  }

  @AfterEach
  void close() {
    store.close();
  }
}
