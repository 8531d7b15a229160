package io.kadenza.kad.record;

import java.time.Duration;

/// What a node gives to others' provider records.
///
/// @param maxProvidersPerKey further ones replace a random one, so that being first is no advantage
/// @param maxPerIpGroup of one key's providers, those that announced it from addresses of one owner
///   as far as that can be told ([io.kadenza.kad.key.IpGroups]); further ones replace a random one
///   of them. Private addresses do not count
/// @param maxRecords over all keys and peers; further ones replace those of networks that have more
/// @param maxRecordsPerPeer how many keys one peer may provide here; large publishers have some
///   thousands per server
/// @param maxReplied how many providers one reply names
/// @param ttl "DHT Servers MUST implement a Provide Validity of 48h"
/// @param addressTtl "SHOULD persist the multiaddresses of providers for 24h"
public record ProviderLimits(
    int maxProvidersPerKey,
    int maxPerIpGroup,
    int maxRecords,
    int maxRecordsPerPeer,
    int maxReplied,
    Duration ttl,
    Duration addressTtl) {
  /// Opaque bytes, usually a multihash: "doesn't exceed 80 bytes in size".
  public static final int MAX_KEY_BYTES = 80;

  public static final ProviderLimits DEFAULT =
      new ProviderLimits(1_024, 64, 1 << 20, 16_384, 100, Duration.ofDays(2), Duration.ofDays(1));

  public ProviderLimits {
    if (maxProvidersPerKey < 1
        || maxPerIpGroup < 1
        || maxRecords < 0
        || maxReplied < 1
        || !ttl.isPositive()) {
      throw new IllegalArgumentException("provider limits must be positive");
    }
  }

  public ProviderLimits withMaxProvidersPerKey(int value) {
    return with(value, maxPerIpGroup, maxRecords, maxRecordsPerPeer);
  }

  public ProviderLimits withMaxPerIpGroup(int value) {
    return with(maxProvidersPerKey, value, maxRecords, maxRecordsPerPeer);
  }

  public ProviderLimits withMaxRecords(int value) {
    return with(maxProvidersPerKey, maxPerIpGroup, value, maxRecordsPerPeer);
  }

  public ProviderLimits withMaxRecordsPerPeer(int value) {
    return with(maxProvidersPerKey, maxPerIpGroup, maxRecords, value);
  }

  private ProviderLimits with(int perKey, int perGroup, int records, int perPeer) {
    return new ProviderLimits(perKey, perGroup, records, perPeer, maxReplied, ttl, addressTtl);
  }

  public ProviderLimits withTtl(Duration records, Duration addresses) {
    return new ProviderLimits(
        maxProvidersPerKey,
        maxPerIpGroup,
        maxRecords,
        maxRecordsPerPeer,
        maxReplied,
        records,
        addresses);
  }
}
