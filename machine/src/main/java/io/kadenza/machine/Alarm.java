package io.kadenza.machine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Rings at a point in time, and sleeps on a thread of its own until then. Safe for use by any
/// thread.
///
/// A driver could wait for its deadline itself, but nearly always an input comes first, and each
/// time that a virtual thread starts or breaks off such a wait the JDK wakes the thread that keeps
/// its timers. An alarm is set only when a deadline is nearer than all before it; that it has
/// become pointless meanwhile is found out when it rings.
final class Alarm implements AutoCloseable {
  private final Runnable ring;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean set;

  /// When it rings, comparable with [System#nanoTime()] by subtraction; only if it is set.
  private long at;

  private boolean closed;

  private Alarm(Runnable ring) {
    this.ring = ring;
  }

  /// An alarm that is not set yet.
  ///
  /// @param ring run on the alarm's thread
  static Alarm start(String name, Runnable ring) {
    var alarm = new Alarm(ring);
    Thread.ofVirtual().name(name).start(alarm::run);
    return alarm;
  }

  /// Rings once `wait` nanoseconds have passed, if it is not set to ring before.
  void within(long wait) {
    lock.lock();
    try {
      long wanted = System.nanoTime() + wait;
      if (!set || wanted - at < 0) {
        set = true;
        at = wanted;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (sleep()) {
      ring.run();
    }
  }

  /// Returns when it is time to ring; false once closed.
  private boolean sleep() {
    lock.lock();
    try {
      while (!closed) {
        if (!set) {
          changed.awaitUninterruptibly();
          continue;
        }
        long wait = at - System.nanoTime();
        if (wait <= 0) {
          set = false;
          return true;
        }
        // A signal, a spurious wake-up and the time all lead back to the loop's conditions.
        var _ = changed.await(wait, TimeUnit.NANOSECONDS);
      }
      return false;
    } catch (InterruptedException nobodyInterruptsUs) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Does not ring any more, but for what rings already.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
