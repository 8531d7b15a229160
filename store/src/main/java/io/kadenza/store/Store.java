package io.kadenza.store;

import io.kadenza.store.internal.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Durable bytes in named tables. Safe for use by any thread.
///
/// A change is visible at once and durable later: many are committed as one group, because a disk
/// takes as long for one as for a thousand. Whoever must not promise what could be lost waits for
/// [#sync].
///
/// What is durable is checked: each row whenever it is read, small tables as a whole when the store
/// is opened, and large ones as a whole whenever all of them is read ([Table#forEach]), which had
/// best be done before anything else. So nothing wrong is ever read, and nothing is missing untold.
/// Damage that a read finds is a [StoreException]; the next opening mends it.
public interface Store extends AutoCloseable {
  /// Opens the store in a directory, and makes both if need be. The directory is this store's until
  /// it is closed or the process ends.
  ///
  /// A database that is damaged is moved aside, and what of it is still right is taken over into a
  /// new one; [#findings] names the damaged file.
  ///
  /// @throws StoreException if another process has the directory, if it was written by a later
  ///   version, or if it cannot be read and written
  static Store open(Path directory) {
    return over(SqliteDatabase.open(directory));
  }

  /// A store that forgets everything when it is closed. Durable at once, since there is nothing to
  /// wait for.
  static Store inMemory() {
    return over(new MemoryDatabase());
  }

  /// A store on a database of the caller's, which is closed with it.
  static Store over(Database database) {
    long heap = Runtime.getRuntime().maxMemory();
    return new BatchingStore(database, BatchingStore.Pace.inHeapOf(heap));
  }

  /// The table of that name, made when something is put into it.
  ///
  /// @param name lower-case letters and underscores, at most 32
  Table table(String name);

  /// Completes when every change made so far is durable; at once if there is none. It completes on
  /// the committing thread, which waits for what is chained to it, and exceptionally with a
  /// [StoreException] if the commit fails.
  CompletableFuture<Void> sync();

  Health health();

  /// Whether the store is well and has room for changes that wait for the disk: if not, whoever can
  /// refuse work that would change something is to do so.
  boolean accepts();

  /// What was found, and done, while the store was opened: lines for a person, none if all was
  /// well.
  List<String> findings();

  /// Commits what there is and gives the directory back, and waits for that; but not where it is
  /// called by what is chained to a [#sync]. Idempotent.
  @Override
  void close();
}
