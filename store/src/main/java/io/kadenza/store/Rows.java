package io.kadenza.store;

import io.kadenza.multiformats.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Bytes under keys in their lexicographical order, to be read. Safe for use by any thread.
///
/// All methods throw [StoreException] when the database below cannot do its part.
public interface Rows {
  Optional<Bytes> get(Bytes key);

  /// The entries from `from` on, inclusive; at most `limit`, 1 or more, and fewer only if there are
  /// no more.
  List<Entry> scan(Bytes from, int limit);

  /// Hands over all entries in order. If it fails because something is damaged, what was handed
  /// over is to be forgotten.
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
