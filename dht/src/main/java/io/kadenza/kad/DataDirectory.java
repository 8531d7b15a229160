package io.kadenza.kad;

import io.kadenza.kad.internal.keeping.KeptRecords;
import java.nio.file.Path;
import java.util.List;

/// The values and provider records that a stopped node keeps in its data directory, as it would
/// serve them if it were started now. Nothing in the directory is changed. Safe for use by any
/// thread; while it is open the node does not start.
///
/// Provider records are found, and counted, by looking at all of them.
public interface DataDirectory extends HeldRecords, AutoCloseable {
  /// Opens a directory and checks all that it holds.
  ///
  /// @throws io.kadenza.store.StoreException if a node has it, if there is nothing of a node in it,
  ///   if it is damaged, of a later version or cannot be read
  static DataDirectory read(Path directory) {
    return KeptRecords.read(directory);
  }

  /// What was found at opening that is no obstacle: lines for a person, none if all was well.
  List<String> findings();

  @Override
  void close();
}
