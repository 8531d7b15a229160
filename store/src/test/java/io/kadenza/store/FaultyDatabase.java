package io.kadenza.store;

import io.kadenza.store.StoreException.Reason;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A database whose commits fail, or wait, when a test says so. Safe for use by any thread.
final class FaultyDatabase extends MemoryDatabase {
  private final AtomicInteger commits = new AtomicInteger();
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
  private volatile int failFrom = Integer.MAX_VALUE;
  private volatile Reason reason = Reason.IO;
  private volatile boolean closed;
  private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

  /// Every commit from the n-th on fails, the first being 1.
  void failFrom(int n, Reason why) {
    reason = why;
    failFrom = n;
  }

  /// The next commit ends in an error that is none of the disk's.
  void breakOnce(Throwable how) {
    errors.add(how);
  }

  void mend() {
    failFrom = Integer.MAX_VALUE;
  }

  /// Commits wait from now on.
  void hold() {
    gate.drainPermits();
  }

  void letGo() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  /// Waits until a commit waits.
  void awaitCommitter() {
    while (!gate.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
  }

  boolean isClosed() {
    return closed;
  }

  int commits() {
    return commits.get();
  }

  @Override
  public void commit(List<Change> group) {
    gate.acquireUninterruptibly();
    switch (errors.poll()) {
      case Error error -> throw error;
      case RuntimeException bug -> throw bug;
      case null, default -> {}
    }
    if (commits.incrementAndGet() >= failFrom) {
      throw new StoreException(reason, "the disk says no: " + reason);
    }
    super.commit(group);
  }

  @Override
  public void close() {
    closed = true;
  }
}
