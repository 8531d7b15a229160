package io.kadenza.kad.record;

import java.time.Duration;

/// What a node gives to others' provider records.
///
/// @param maxProvidersPerKey further ones replace a random one, so that being first is no advantage
/// @param maxRecords over all keys and peers
/// @param maxRecordsPerPeer how many keys one peer may provide here; large publishers have some
///   thousands per server
/// @param maxReplied how many providers one reply names
/// @param ttl "DHT Servers MUST implement a Provide Validity of 48h"
/// @param addressTtl "SHOULD persist the multiaddresses of providers for 24h"
public record ProviderLimits(
    int maxProvidersPerKey,
    int maxRecords,
    int maxRecordsPerPeer,
    int maxReplied,
    Duration ttl,
    Duration addressTtl) {
  /// Opaque bytes, usually a multihash: "doesn't exceed 80 bytes in size".
  public static final int MAX_KEY_BYTES = 80;

  public static final ProviderLimits DEFAULT =
      new ProviderLimits(1_024, 1 << 20, 16_384, 100, Duration.ofDays(2), Duration.ofDays(1));

  public ProviderLimits {
    if (maxProvidersPerKey < 1 || maxRecords < 0 || maxReplied < 1 || !ttl.isPositive()) {
      throw new IllegalArgumentException("provider limits must be positive");
    }
  }

  public ProviderLimits withMaxProvidersPerKey(int value) {
    return new ProviderLimits(value, maxRecords, maxRecordsPerPeer, maxReplied, ttl, addressTtl);
  }

  public ProviderLimits withMaxRecords(int value) {
    return new ProviderLimits(
        maxProvidersPerKey, value, maxRecordsPerPeer, maxReplied, ttl, addressTtl);
  }

  public ProviderLimits withMaxRecordsPerPeer(int value) {
    return new ProviderLimits(maxProvidersPerKey, maxRecords, value, maxReplied, ttl, addressTtl);
  }

  public ProviderLimits withTtl(Duration records, Duration addresses) {
    return new ProviderLimits(
        maxProvidersPerKey, maxRecords, maxRecordsPerPeer, maxReplied, records, addresses);
  }
}
