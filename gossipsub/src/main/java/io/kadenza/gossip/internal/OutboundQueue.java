package io.kadenza.gossip.internal;

import io.kadenza.gossip.rpc.Control;
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

  /// Four of the largest messages, as far as the room that all queues share goes.
  static final int MAX_BYTES = 4 << 20;

  /// With those that must not be lost.
  static final int MAX_ALL_RPCS = 2 * MAX_RPCS;

  private final OutboundRoom room;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final ArrayDeque<Rpc> queue = new ArrayDeque<>();
  private long bytes;

  /// What the bytes of the RPC take that was taken last.
  private long writing;

  private long dropped;
  private boolean closed;

  OutboundQueue(OutboundRoom room) {
    this.room = room;
  }

  /// What became of an RPC that was offered.
  enum Admission {
    QUEUED,
    /// There is no room, and the peer can do without it.
    DROPPED,
    /// There is no room, and without it the peer's picture of us is wrong.
    OVERFLOWED
  }

  /// Queues an RPC if there is room here and in what all queues share; never waits.
  Admission offer(Rpc rpc) {
    lock.lock();
    try {
      boolean full = queue.size() >= MAX_RPCS || bytes >= MAX_BYTES;
      boolean needed = isNeeded(rpc);
      if (closed
          || (full && (!needed || queue.size() >= MAX_ALL_RPCS))
          || !room.enter(rpc, bytes)) {
        dropped++;
        return needed ? Admission.OVERFLOWED : Admission.DROPPED;
      }
      queue.add(rpc);
      bytes += rpc.footprint();
      notEmpty.signal();
      return Admission.QUEUED;
    } finally {
      lock.unlock();
    }
  }

  /// The next RPC, waiting for it. The one before has been written.
  Rpc take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      written();
      while (true) {
        while (queue.isEmpty()) {
          notEmpty.await();
        }
        Rpc rpc = queue.remove();
        int size = rpc.footprint();
        gone(rpc, size);
        if (room.reserve(size)) {
          writing = size;
          return rpc;
        }
        if (isNeeded(rpc)) {
          return rpc;
        }
        dropped++;
      }
    } finally {
      lock.unlock();
    }
  }

  private void gone(Rpc rpc, int size) {
    bytes -= size;
    room.leave(rpc);
  }

  private void written() {
    room.release(writing);
    writing = 0;
  }

  /// Forgets what waits: it was meant for a stream that is gone.
  void clear() {
    lock.lock();
    try {
      written();
      for (Rpc rpc : queue) {
        gone(rpc, rpc.footprint());
      }
      queue.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Forgets what waits and takes nothing more.
  void close() {
    lock.lock();
    try {
      closed = true;
      clear();
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
}
