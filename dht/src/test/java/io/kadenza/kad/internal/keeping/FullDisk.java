package io.kadenza.kad.internal.keeping;

import io.kadenza.store.Change;
import io.kadenza.store.MemoryDatabase;
import io.kadenza.store.StoreException;
import java.util.List;

/// A database whose disk is full from some moment on, and which outlives the stores on it.
final class FullDisk extends MemoryDatabase {
  volatile boolean full;

  @Override
  public void commit(List<Change> group) {
    if (full) {
      throw new StoreException(StoreException.Reason.DISK_FULL, "no room left");
    }
    super.commit(group);
  }
}
