package io.kadenza.kad.record;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Instant;
import java.util.SplittableRandom;

/// A provider store for tests of what every one does, wherever it keeps its records. Between two
/// calls a test may end the store's life and begin the next one with [#reopened].
public abstract class ProviderStoreFixture {
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  protected static final Bytes KEY = Bytes.utf8("key");

  protected final SplittableRandom random = new SplittableRandom(2);
  protected final PeerInfo peer = Peers.info(random);

  /// An empty store.
  protected abstract ProviderStore store(ProviderLimits limits);

  /// The same store in its next life, if it has one.
  protected ProviderStore reopened(ProviderStore store, ProviderLimits limits, Instant now) {
    return store;
  }
}
