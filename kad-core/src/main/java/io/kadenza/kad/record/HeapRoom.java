package io.kadenza.kad.record;

/// What there is room for, of what strangers may make a node hold.
///
/// @param bytes of the heap
public record HeapRoom(long bytes) {
  /// A limit, cut to what there is room for if it is the usual one: whoever has set another knows
  /// better.
  ///
  /// @param bytesForEach what one of the things limited takes
  public long cut(long limit, long usual, int bytesForEach) {
    return limit == usual ? Math.min(limit, bytes / bytesForEach) : limit;
  }

  /// The same of a limit that is an `int`.
  public int cut(int limit, int usual, int bytesForEach) {
    return (int) cut((long) limit, usual, bytesForEach);
  }
}
