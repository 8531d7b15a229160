package io.kadenza.store;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.internal.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store that gathers changes and commits them as groups, on a thread of its own: while one group
/// is on its way to the disk, the next one grows.
///
/// A group whose commit fails is kept, merged with what came later, and tried again. So what a
/// reader sees is always what the disk will have in the end.
final class BatchingStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(BatchingStore.class);

  /// Beyond so many times what may wait for the disk, changes are refused.
  private static final long EMERGENCY = 4;

  /// @param linger how long changes may wait for company when nobody waits for them
  /// @param retry after a failed commit
  /// @param maxPendingBytes what may wait for the disk, in memory
  record Pace(Duration linger, Duration retry, long maxPendingBytes) {
    private static final long PENDING_USUAL = 64 << 20;
    private static final int HEAP_SHARE = 16;

    /// What waits may take a sixteenth of the heap, since strangers can make much wait for a disk
    /// that is slow.
    static Pace inHeapOf(long bytes) {
      long pending = Math.min(PENDING_USUAL, bytes / HEAP_SHARE);
      return new Pace(Duration.ofMillis(200), Duration.ofSeconds(5), pending);
    }
  }

  private final Database database;
  private final Pace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private Pending growing = new Pending();
  private @Nullable Pending committing;

  /// Of the group that grows, and of the one that was committed last or is being committed.
  private CompletableFuture<Void> durable = new CompletableFuture<>();

  private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
  private boolean awaited;
  private long dueAt;
  private Health health = new Health.Well();
  private boolean closed;

  private final Thread committer;

  BatchingStore(Database database, Pace pace) {
    this.database = database;
    this.pace = pace;
    this.committer = Thread.ofPlatform().name("kad-store").daemon().unstarted(this::run);
    try {
      committer.start();
    } catch (Error noThread) {
      database.close();
      throw noThread;
    }
  }

  @Override
  public Table table(String name) {
    if (!TableName.isRight(name)) {
      throw new IllegalArgumentException(
          "a table's name is 1 to 32 lower-case letters and underscores, not " + name);
    }
    return new BatchedTable(this, name);
  }

  @Override
  public CompletableFuture<Void> sync() {
    lock.lock();
    try {
      if (!growing.isEmpty()) {
        awaited = true;
        changed.signal();
        return durable.copy();
      }
      return committing == null ? CompletableFuture.completedFuture(null) : underWay.copy();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Health health() {
    lock.lock();
    try {
      return health;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean accepts() {
    lock.lock();
    try {
      return health.isWell() && !closed && waiting() <= pace.maxPendingBytes;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> findings() {
    return database.findings();
  }

  void change(String table, Bytes key, Optional<Bytes> value) {
    lock.lock();
    try {
      refuse();
      if (growing.isEmpty()) {
        dueAt = System.nanoTime() + pace.linger.toNanos();
        changed.signal();
      }
      growing.add(new Change(table, key, value));
    } finally {
      lock.unlock();
    }
  }

  private void refuse() {
    if (closed) {
      throw new StoreException(StoreException.Reason.CLOSED, "the store is closed");
    }
    long waiting = waiting();
    if (waiting > EMERGENCY * pace.maxPendingBytes) {
      throw new StoreException(
          StoreException.Reason.OVERLOADED, waiting + " bytes wait for the disk");
    }
  }

  /// How many bytes wait for the disk, those on their way there included.
  private long waiting() {
    return growing.bytes() + (committing == null ? 0 : committing.bytes());
  }

  Optional<Bytes> get(String table, Bytes key) {
    lock.lock();
    try {
      Change known = growing.get(table, key);
      if (known == null && committing != null) {
        known = committing.get(table, key);
      }
      if (known != null) {
        return known.value();
      }
    } finally {
      lock.unlock();
    }
    return database.get(table, key);
  }

  List<Entry> scan(String table, Bytes from, int limit) {
    var found = new ArrayList<Entry>();
    Bytes next = from;
    while (true) {
      Page page = read(table, next, limit - found.size());
      found.addAll(page.finish());
      // What is deleted while a page is read leaves room on it.
      if (page.isLast() || found.size() == limit) {
        return found;
      }
      next = Rows.after(page.end());
    }
  }

  private Page read(String table, Bytes from, int limit) {
    Pending older;
    Pending newer;
    int changes;
    // Taken before the database is read: a group that is committed meanwhile is then seen twice,
    // not never.
    lock.lock();
    try {
      older = committing == null ? new Pending() : committing;
      newer = growing;
      changes = older.count(table, from) + newer.count(table, from);
    } finally {
      lock.unlock();
    }
    var page = new Page(limit, database.scan(table, from, Math.addExact(limit, changes)), changes);
    lock.lock();
    try {
      older.overlay(table, from, page.entries());
      newer.overlay(table, from, page.entries());
    } finally {
      lock.unlock();
    }
    return page;
  }

  /// Hands over all of a table, unless some of it waits for the disk.
  ///
  /// @return whether it has
  boolean readAll(String table, Consumer<? super Entry> reader) {
    lock.lock();
    try {
      boolean waits =
          growing.count(table, Bytes.EMPTY) > 0
              || (committing != null && committing.count(table, Bytes.EMPTY) > 0);
      if (waits) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    database.readAll(table, reader);
    return true;
  }

  private void run() {
    try {
      commitAll();
    } finally {
      end();
    }
  }

  private void commitAll() {
    for (Pending group = take(); group != null; group = take()) {
      try {
        database.commit(group.changes());
        committed();
      } catch (StoreException failure) {
        failed(group, failure);
      } catch (RuntimeException | Error bug) {
        // A heap that is full for a moment is no reason to keep everybody waiting for ever.
        LOG.error("a commit failed in a way that it should not; please report this", bug);
        failed(group, new StoreException(StoreException.Reason.IO, "the commit failed", bug));
      }
    }
  }

  /// The next group when it is time for it; null at the end.
  private @Nullable Pending take() {
    lock.lock();
    try {
      while (!closed || !growing.isEmpty()) {
        long wait = awaited && health.isWell() ? 0 : dueAt - System.nanoTime();
        if (growing.isEmpty()) {
          changed.awaitUninterruptibly();
        } else if (closed || wait <= 0) {
          Pending group = growing;
          committing = group;
          underWay = durable;
          growing = new Pending();
          durable = new CompletableFuture<>();
          awaited = false;
          return group;
        } else {
          var _ = changed.await(wait, TimeUnit.NANOSECONDS);
        }
      }
      return null;
    } catch (InterruptedException nobodyInterruptsUs) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void committed() {
    CompletableFuture<Void> done;
    boolean recovered;
    lock.lock();
    try {
      committing = null;
      done = underWay;
      recovered = !health.isWell();
      health = new Health.Well();
    } finally {
      lock.unlock();
    }
    if (recovered) {
      // As loud as the bad news, for whoever waits for it.
      LOG.warn("the store can be written to again");
    }
    done.complete(null);
  }

  private void failed(Pending group, StoreException failure) {
    var lost = new ArrayList<CompletableFuture<Void>>();
    boolean news;
    lock.lock();
    try {
      committing = null;
      lost.add(underWay);
      news = health.isWell();
      health = new Health.Degraded(failure.reason(), failure.getMessage());
      if (closed) {
        // The last attempt. Nobody was promised what is lost here.
        growing = new Pending();
        lost.add(durable);
      } else {
        growing.addOlder(group);
        dueAt = System.nanoTime() + pace.retry.toNanos();
      }
    } finally {
      lock.unlock();
    }
    if (news) {
      LOG.warn("the store takes no more until this is mended: {}", failure.getMessage());
    }
    lost.forEach(waiting -> waiting.completeExceptionally(failure));
  }

  /// Gives the database back. If there was no memory even for a failure to be told, those who wait
  /// are told now.
  private void end() {
    CompletableFuture<Void> last;
    CompletableFuture<Void> next;
    lock.lock();
    try {
      closed = true;
      last = underWay;
      next = durable;
    } finally {
      lock.unlock();
    }
    try {
      var ended = new StoreException(StoreException.Reason.CLOSED, "the store has ended");
      last.completeExceptionally(ended);
      next.completeExceptionally(ended);
    } finally {
      database.close();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    // It may be its own thread that closes, where somebody is told of a commit; that ends then.
    while (committer.isAlive() && Thread.currentThread() != committer) {
      try {
        committer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
