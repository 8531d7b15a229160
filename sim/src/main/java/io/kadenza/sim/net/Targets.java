package io.kadenza.sim.net;

import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import org.jspecify.annotations.Nullable;

/// Where the keys of requests live. The peers that one walk asks would each hash the same key; the
/// latest are remembered. Owned by a [Network].
final class Targets {
  /// More walks than are under way at a time in most networks.
  private static final int PLACES = 1 << 10;

  private final @Nullable Bytes[] keys = new Bytes[PLACES];
  private final @Nullable KadKey[] points = new KadKey[PLACES];

  /// @param asked a node that is often asked for itself
  KadKey of(Bytes key, SimNode asked) {
    return key.equals(asked.id().bytes()) ? asked.key() : of(key);
  }

  private KadKey of(Bytes key) {
    int place = key.hashCode() & (PLACES - 1);
    KadKey known = points[place];
    if (known != null && key.equals(keys[place])) {
      return known;
    }
    KadKey point = KadKey.of(key);
    keys[place] = key;
    points[place] = point;
    return point;
  }
}
