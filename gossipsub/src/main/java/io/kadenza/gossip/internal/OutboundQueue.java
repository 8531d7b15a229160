package io.kadenza.gossip.internal;

import io.kadenza.gossip.rpc.Control;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Rpc;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The RPCs that wait to be written to one peer. A peer that reads too slowly loses messages and
/// gossip, which other peers make up for; announcements and mesh control, which nobody repeats,
/// have room of their own. Safe for use by any thread.
final class OutboundQueue {
  /// Messages for a second or two of a lively topic.
  static final int MAX_RPCS = 256;

  /// Four of the largest messages; the same message waiting for many peers takes its memory once.
  static final int MAX_BYTES = 4 << 20;

  /// With those that must not be lost.
  static final int MAX_ALL_RPCS = 2 * MAX_RPCS;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final ArrayDeque<Rpc> queue = new ArrayDeque<>();
  private long bytes;
  private long dropped;

  /// What became of an RPC that was offered.
  enum Admission {
    QUEUED,
    /// There is no room, and the peer can do without it.
    DROPPED,
    /// There is no room, and without it the peer's picture of us is wrong.
    OVERFLOWED
  }

  /// Queues an RPC if there is room; never waits.
  Admission offer(Rpc rpc) {
    lock.lock();
    try {
      boolean full = queue.size() >= MAX_RPCS || bytes >= MAX_BYTES;
      boolean needed = isNeeded(rpc);
      if (full && (!needed || queue.size() >= MAX_ALL_RPCS)) {
        dropped++;
        return needed ? Admission.OVERFLOWED : Admission.DROPPED;
      }
      queue.add(rpc);
      bytes += weight(rpc);
      notEmpty.signal();
      return Admission.QUEUED;
    } finally {
      lock.unlock();
    }
  }

  /// The next RPC, waiting for it.
  Rpc take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty()) {
        notEmpty.await();
      }
      Rpc rpc = queue.remove();
      bytes -= weight(rpc);
      return rpc;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets what waits: it was meant for a stream that is gone.
  void clear() {
    lock.lock();
    try {
      queue.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }

  /// How many RPCs found no room.
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isNeeded(Rpc rpc) {
    Control control = rpc.control();
    return !rpc.subscriptions().isEmpty()
        || !control.graft().isEmpty()
        || !control.prune().isEmpty();
  }

  private static long weight(Rpc rpc) {
    return rpc.publish().stream().mapToLong(Message::footprint).sum();
  }
}
