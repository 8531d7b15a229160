package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import java.time.Duration;

/// What a node gives to others' values.
///
/// @param maxKeyBytes for keys of peers and users alike
/// @param maxValueBytes 10 KiB is what IPNS asks for ("record MUST be at most 10 KiB")
/// @param maxRecords over all peers
/// @param maxBytes keys and values, over all peers
/// @param maxRecordsPerPeer what one peer may have stored here
/// @param maxBytesPerPeer likewise, keys and values
/// @param ttl how long a record is kept after it was last stored
public record RecordLimits(
    int maxKeyBytes,
    int maxValueBytes,
    int maxRecords,
    long maxBytes,
    int maxRecordsPerPeer,
    long maxBytesPerPeer,
    Duration ttl) {
  public static final RecordLimits DEFAULT =
      new RecordLimits(1024, 10 * 1024, 65_536, 256L << 20, 1_024, 4L << 20, Duration.ofDays(2));

  private static final int HEAP_SHARE = 8;
  private static final int BYTES_FOR_EACH = 2 << 10;
  private static final int PEER_SHARE = 4;

  public RecordLimits {
    if (maxKeyBytes < 1
        || maxValueBytes < 0
        || maxRecords < 0
        || maxBytes < 0
        || maxRecordsPerPeer < 0
        || maxBytesPerPeer < 0) {
      throw new IllegalArgumentException(
          "record limits are not negative, and a key has room for a byte");
    }
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("a time to live is positive, not " + ttl);
    }
  }

  /// Whether these bytes can be the key of a value: 1 to [#maxKeyBytes] of them.
  public boolean isKey(Bytes key) {
    return !key.isEmpty() && key.size() <= maxKeyBytes;
  }

  /// These limits, where they are those of [#DEFAULT], cut to what there is room for: an eighth of
  /// a heap for keys and values, a record for every 2 KiB of that, and to one peer a quarter of it
  /// at most. A heap of 2 GiB has room for all.
  public RecordLimits fittedTo(long heapBytes) {
    var room = new HeapRoom(heapBytes / HEAP_SHARE);
    return new RecordLimits(
        maxKeyBytes,
        maxValueBytes,
        room.cut(maxRecords, DEFAULT.maxRecords, BYTES_FOR_EACH),
        room.cut(maxBytes, DEFAULT.maxBytes, 1),
        maxRecordsPerPeer,
        room.cut(maxBytesPerPeer, DEFAULT.maxBytesPerPeer, PEER_SHARE),
        ttl);
  }

  public RecordLimits withMaxKeyBytes(int value) {
    return new RecordLimits(
        value, maxValueBytes, maxRecords, maxBytes, maxRecordsPerPeer, maxBytesPerPeer, ttl);
  }

  public RecordLimits withMaxValueBytes(int value) {
    return new RecordLimits(
        maxKeyBytes, value, maxRecords, maxBytes, maxRecordsPerPeer, maxBytesPerPeer, ttl);
  }

  public RecordLimits withMaxRecords(int value) {
    return new RecordLimits(
        maxKeyBytes, maxValueBytes, value, maxBytes, maxRecordsPerPeer, maxBytesPerPeer, ttl);
  }

  public RecordLimits withMaxBytes(long value) {
    return new RecordLimits(
        maxKeyBytes, maxValueBytes, maxRecords, value, maxRecordsPerPeer, maxBytesPerPeer, ttl);
  }

  public RecordLimits withPerPeer(int records, long bytes) {
    return new RecordLimits(maxKeyBytes, maxValueBytes, maxRecords, maxBytes, records, bytes, ttl);
  }

  public RecordLimits withTtl(Duration value) {
    return new RecordLimits(
        maxKeyBytes,
        maxValueBytes,
        maxRecords,
        maxBytes,
        maxRecordsPerPeer,
        maxBytesPerPeer,
        value);
  }
}
