package io.kadenza.store;

import io.kadenza.multiformats.Bytes;

/// Rows that may be changed. A change is read back at once, also before it is durable. Safe for use
/// by any thread.
public interface Table extends Rows {
  /// The longest key, several times what the DHT has.
  int MAX_KEY_BYTES = 4 << 10;

  /// The longest value, likewise.
  int MAX_VALUE_BYTES = 1 << 20;

  /// Puts a value under a key, in place of the one there is. Taken also while the store is not
  /// well, since whoever changes something has mostly done so elsewhere already; it is then
  /// committed once the store recovers. Who may as well refuse asks [Store#accepts] before.
  void put(Bytes key, Bytes value);

  /// Removes the key and what stands under it.
  void delete(Bytes key);
}
