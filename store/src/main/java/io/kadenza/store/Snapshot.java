package io.kadenza.store;

import io.kadenza.store.internal.SqliteSnapshot;
import java.nio.file.Path;
import java.util.List;

/// What a store that nobody has open left in its directory, to be looked at: nothing there is
/// changed, not even after a crash. While it is open the directory cannot become a store's, but any
/// number of snapshots may be taken. Safe for use by any thread.
public interface Snapshot extends AutoCloseable {
  /// Opens the directory and checks all that it holds.
  ///
  /// @throws StoreException if a store has the directory, if there was none in it, if it was
  ///   written by a later version or is damaged, or if it cannot be read
  static Snapshot open(Path directory) {
    return SqliteSnapshot.open(directory);
  }

  /// The rows of the table of that name; none if nothing was ever put into it.
  Rows table(String name);

  /// What was found at opening that is no obstacle: lines for a person, none if all was well.
  List<String> findings();

  @Override
  void close();
}
