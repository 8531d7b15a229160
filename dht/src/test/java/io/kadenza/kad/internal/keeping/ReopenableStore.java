package io.kadenza.kad.internal.keeping;

import io.kadenza.store.MemoryDatabase;
import io.kadenza.store.Store;
import io.kadenza.store.Table;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A store on a database in memory, which outlives it: opened again, it has what it had. Closed
/// after each test.
final class ReopenableStore implements AfterEachCallback {
  private MemoryDatabase database = new MemoryDatabase();
  private Store store = Store.over(database);

  /// Begins with nothing.
  Store empty() {
    store.close();
    database = new MemoryDatabase();
    store = Store.over(database);
    return store;
  }

  /// Closes and opens it.
  Store reopened() {
    store.close();
    store = Store.over(database);
    return store;
  }

  Table table(String name) {
    return store.table(name);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    store.close();
  }
}
