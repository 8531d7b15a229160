package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;

/// Told of every change of a [MemoryProviderStore], by whoever keeps its records beyond its own
/// life. Called by the engine, in the order in which things happen; must not block.
///
/// Keys are named by the 128 bits of their hash, peers by a number that is given to somebody else
/// once its peer is gone. Times are seconds since 1970.
public interface ProviderJournal {
  /// A peer announced something for the first time, or with other addresses or from another
  /// network, or it is a while since this was last told.
  ///
  /// @param ipGroup as in [Sender]
  void peer(int number, PeerInfo peer, long ipGroup, long addressesExpire);

  /// A peer has no records left.
  void peerGone(int number);

  /// A record was stored or renewed.
  void stored(long high, long low, int peer, Bytes key, long expires);

  void removed(long high, long low, int peer);
}
