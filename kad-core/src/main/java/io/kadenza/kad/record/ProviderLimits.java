package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.function.Consumer;

/// What a node gives to others' provider records.
///
/// @param maxProvidersPerKey further ones replace a random one, so that being first is no advantage
/// @param maxPerIpGroup of one key's providers, those that announced it from addresses of one owner
///   as far as that can be told ([io.kadenza.kad.key.IpGroups]); further ones replace a random one
///   of them. Private addresses do not count
/// @param maxRecords over all keys and peers; further ones replace those of networks that have more
/// @param maxPeers who have announced them; a further one takes the place of others, as above. A
///   peer takes as much memory as a dozen records, besides its addresses
/// @param maxAddressBytes what the addresses of all of these may take in memory; whoever comes when
///   they take more keeps three or so
/// @param maxRecordsPerPeer how many keys one peer may provide here; large publishers have some
///   thousands per server
/// @param maxReplied how many providers one reply names
/// @param ttl "DHT Servers MUST implement a Provide Validity of 48h"
/// @param addressTtl "SHOULD persist the multiaddresses of providers for 24h"
public record ProviderLimits(
    int maxProvidersPerKey,
    int maxPerIpGroup,
    int maxRecords,
    int maxPeers,
    long maxAddressBytes,
    int maxRecordsPerPeer,
    int maxReplied,
    Duration ttl,
    Duration addressTtl) {
  /// Opaque bytes, usually a multihash: "doesn't exceed 80 bytes in size".
  public static final int MAX_KEY_BYTES = 80;

  public static final ProviderLimits DEFAULT =
      new ProviderLimits(
          1_024,
          64,
          1 << 20,
          1 << 16,
          128L << 20,
          16_384,
          100,
          Duration.ofDays(2),
          Duration.ofDays(1));

  /// Of a heap, for records as for addresses.
  private static final int HEAP_SHARE = 16;

  private static final int BYTES_FOR_EACH = 64;

  /// How many records there may be for each peer.
  private static final int RECORDS_FOR_EACH = 16;

  public ProviderLimits {
    if (maxProvidersPerKey < 1
        || maxPerIpGroup < 1
        || maxRecords < 0
        || maxPeers < 0
        || maxAddressBytes < 0
        || maxRecordsPerPeer < 0
        || maxReplied < 1) {
      throw new IllegalArgumentException(
          "provider limits are not negative, and those of one key and of a reply are 1 or more");
    }
    if (!ttl.isPositive() || !addressTtl.isPositive()) {
      throw new IllegalArgumentException(
          "times to live are positive, not " + ttl + " and " + addressTtl);
    }
  }

  /// Whether these bytes can be the key of provider records: 1 to [#MAX_KEY_BYTES] of them.
  public static boolean isKey(Bytes key) {
    return !key.isEmpty() && key.size() <= MAX_KEY_BYTES;
  }

  /// These limits, where they are those of [#DEFAULT], cut to what there is room for: a sixteenth
  /// of a heap for records, about as much for those who announce them, and as much for the
  /// addresses. A heap of 2 GiB has room for all.
  public ProviderLimits fittedTo(long heapBytes) {
    var room = new HeapRoom(heapBytes / HEAP_SHARE);
    return changed(draft -> {
      draft.maxRecords = room.cut(maxRecords, DEFAULT.maxRecords, BYTES_FOR_EACH);
      draft.maxPeers = room.cut(maxPeers, DEFAULT.maxPeers, BYTES_FOR_EACH * RECORDS_FOR_EACH);
      draft.maxAddressBytes = room.cut(maxAddressBytes, DEFAULT.maxAddressBytes, 1);
    });
  }

  public ProviderLimits withMaxProvidersPerKey(int value) {
    return changed(draft -> draft.maxProvidersPerKey = value);
  }

  public ProviderLimits withMaxPerIpGroup(int value) {
    return changed(draft -> draft.maxPerIpGroup = value);
  }

  public ProviderLimits withMaxRecords(int value) {
    return changed(draft -> draft.maxRecords = value);
  }

  public ProviderLimits withMaxPeers(int value) {
    return changed(draft -> draft.maxPeers = value);
  }

  public ProviderLimits withMaxAddressBytes(long value) {
    return changed(draft -> draft.maxAddressBytes = value);
  }

  public ProviderLimits withMaxRecordsPerPeer(int value) {
    return changed(draft -> draft.maxRecordsPerPeer = value);
  }

  public ProviderLimits withMaxReplied(int value) {
    return changed(draft -> draft.maxReplied = value);
  }

  public ProviderLimits withTtl(Duration records, Duration addresses) {
    return changed(draft -> {
      draft.ttl = records;
      draft.addressTtl = addresses;
    });
  }

  private ProviderLimits changed(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// Limits while some of them are changed.
  private static final class Draft {
    int maxProvidersPerKey;
    int maxPerIpGroup;
    int maxRecords;
    int maxPeers;
    long maxAddressBytes;
    int maxRecordsPerPeer;
    int maxReplied;
    Duration ttl;
    Duration addressTtl;

    Draft(ProviderLimits from) {
      maxProvidersPerKey = from.maxProvidersPerKey;
      maxPerIpGroup = from.maxPerIpGroup;
      maxRecords = from.maxRecords;
      maxPeers = from.maxPeers;
      maxAddressBytes = from.maxAddressBytes;
      maxRecordsPerPeer = from.maxRecordsPerPeer;
      maxReplied = from.maxReplied;
      ttl = from.ttl;
      addressTtl = from.addressTtl;
    }

    ProviderLimits finish() {
      return new ProviderLimits(
          maxProvidersPerKey,
          maxPerIpGroup,
          maxRecords,
          maxPeers,
          maxAddressBytes,
          maxRecordsPerPeer,
          maxReplied,
          ttl,
          addressTtl);
    }
  }
}
