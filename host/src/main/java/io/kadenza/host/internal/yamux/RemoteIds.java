package io.kadenza.host.internal.yamux;

/// Which stream ids the remote has used, so that none is used twice. Owned by one [Yamux].
///
/// Ids grow, but their first frames may overtake each other: a go peer opens streams from many
/// goroutines, a rust peer sends the SYN with the first write. So the newest 1,024 ids are
/// remembered one by one, and whatever is older counts as used.
final class RemoteIds {

  /// Four times the backlog of unacknowledged streams that peers keep to.
  private static final int REMEMBERED = 1024;

  private final int parity;
  private final long[] used = new long[REMEMBERED / Long.SIZE];

  /// Ordinal number of the highest id used: id 1 and id 2 are number 0.
  private long highest = -1;

  /// `odd` when the remote is the client.
  RemoteIds(boolean odd) {
    parity = odd ? 1 : 0;
  }

  /// Whether the remote may open streams with this id: "the client side should use odd IDs, and the
  /// server even".
  boolean owns(int id) {
    return (id & 1) == parity;
  }

  /// Whether the remote has opened a stream with this id, or may have, long ago.
  boolean isUsed(int id) {
    long n = ordinal(id);
    return n <= highest && (isForgotten(id) || (used[word(n)] & bit(n)) != 0);
  }

  /// Whether the id is so old that it cannot be told whether it was used.
  boolean isForgotten(int id) {
    return ordinal(id) <= highest - REMEMBERED;
  }

  /// Remembers an id that is not used.
  void use(int id) {
    long n = ordinal(id);
    if (n - highest >= REMEMBERED) {
      java.util.Arrays.fill(used, 0);
      highest = n;
    }
    while (highest < n) {
      highest++;
      used[word(highest)] &= ~bit(highest);
    }
    used[word(n)] |= bit(n);
  }

  private static long ordinal(int id) {
    return (Integer.toUnsignedLong(id) - 1) / 2;
  }

  private static int word(long n) {
    return (int) (n % REMEMBERED) / Long.SIZE;
  }

  private static long bit(long n) {
    return 1L << n;
  }
}
