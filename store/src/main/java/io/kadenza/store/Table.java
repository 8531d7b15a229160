package io.kadenza.store;

import io.kadenza.multiformats.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Bytes under keys in their lexicographical order. Safe for use by any thread. A change is read
/// back at once, also before it is durable.
///
/// All methods throw [StoreException] when the database below cannot do its part.
public interface Table {
  /// The longest key, several times what the DHT has.
  int MAX_KEY_BYTES = 4 << 10;

  /// The longest value, likewise.
  int MAX_VALUE_BYTES = 1 << 20;

  Optional<Bytes> get(Bytes key);

  /// Puts a value under a key, in place of the one there is. Taken also while the store is not
  /// well, since whoever changes something has mostly done so elsewhere already; it is then
  /// committed once the store recovers. Who may as well refuse asks [Store#accepts] before.
  void put(Bytes key, Bytes value);

  /// Removes the key and what stands under it.
  void delete(Bytes key);

  /// The entries from `from` on, inclusive; at most `limit`, 1 or more.
  List<Entry> scan(Bytes from, int limit);

  /// Hands over all entries in order, reading them in pages.
  default void forEach(Consumer<? super Entry> reader) {
    final int page = 10_000;
    Bytes from = Bytes.EMPTY;
    while (true) {
      List<Entry> entries = scan(from, page);
      entries.forEach(reader);
      if (entries.size() < page) {
        return;
      }
      from = after(entries.getLast().key());
    }
  }

  /// The first key behind this one.
  static Bytes after(Bytes key) {
    byte[] longer = new byte[key.size() + 1];
    key.copyTo(longer, 0);
    return Bytes.wrap(longer);
  }
}
