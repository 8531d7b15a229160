package io.kadenza.kad.provide;

import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;

/// A key that this node provides, and where in the keyspace it lies, so that it is hashed once and
/// not at each step on its way.
///
/// @param point the first 64 bits of its [KadKey]
public record Provided(Bytes key, long point) {
  public static Provided of(Bytes key) {
    return new Provided(key, KadKey.of(key).high());
  }
}
