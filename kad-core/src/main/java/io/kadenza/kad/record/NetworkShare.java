package io.kadenza.kad.record;

/// How many provider records here came from one network: from one IP group, or from one peer that
/// is in none. Owned by [Announcers].
final class NetworkShare {
  /// 0 if this is a peer by itself.
  final long ipGroup;

  /// How many peers announced what they last did from here.
  int peers;

  /// How many records these have.
  int records;

  NetworkShare(long ipGroup) {
    this.ipGroup = ipGroup;
  }
}
