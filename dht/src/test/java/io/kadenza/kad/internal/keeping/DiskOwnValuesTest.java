package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.provide.OwnValues;
import io.kadenza.kad.provide.OwnValuesContract;
import io.kadenza.kad.provide.ProvideLimits;
import java.time.Instant;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a database in memory, which outlives the stores on it here.
class DiskOwnValuesTest extends OwnValuesContract {
  /// Later than all that the contract does.
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  @RegisterExtension private final ReopenableStore store = new ReopenableStore();

  private ProvideLimits limits = ProvideLimits.DEFAULT;

  @Override
  protected OwnValues open(ProvideLimits bounds) {
    limits = bounds;
    return DiskOwnValues.open(store.empty(), limits, LATER);
  }

  @Override
  protected OwnValues reopened(OwnValues old) {
    return DiskOwnValues.open(store.reopened(), limits, LATER);
  }
}
