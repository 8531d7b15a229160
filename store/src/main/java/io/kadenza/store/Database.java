package io.kadenza.store;

import io.kadenza.multiformats.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a [Store] stands on: ordered tables of bytes, changed by whole groups.
///
/// One thread at a time commits; any number of threads read, also meanwhile, and see a group whole
/// or not at all. A table that nobody has put anything into reads as empty. Every failure is a
/// [StoreException].
public interface Database extends AutoCloseable {
  /// Carries out all of the changes or none, and returns when they will survive a power cut. At
  /// most one of them concerns any one key.
  void commit(List<Change> group);

  Optional<Bytes> get(String table, Bytes key);

  /// The entries from `from` on, inclusive, in the order of their keys; at most `limit`.
  List<Entry> scan(String table, Bytes from, int limit);

  /// Hands over all entries of a table in the order of their keys, as they are at one moment, and
  /// fails at the end if any is missing; whoever was given some is to forget them then.
  default void readAll(String table, Consumer<? super Entry> reader) {
    scan(table, Bytes.EMPTY, Integer.MAX_VALUE).forEach(reader);
  }

  /// What was found, and done, while this was opened: lines for a person, none if all was well.
  default List<String> findings() {
    return List.of();
  }

  @Override
  void close();
}
