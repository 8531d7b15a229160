package io.kadenza.gossip.internal;

import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Rpc;
import java.util.IdentityHashMap;

/// The memory that what waits to be written may take, over all peers. A message that waits for many
/// counts once.
///
/// A queue may grow as long as it holds no more than is still free. So however many peers read
/// slowly, there is room for what one is to be told who does not, and they alone lose messages.
/// Safe for use by any thread.
final class OutboundRoom {
  private final long maxBytes;
  private long held;

  /// In how many queues each message is. Told apart by identity: an equal one from another RPC
  /// takes memory of its own.
  private final IdentityHashMap<Message, Integer> uses = new IdentityHashMap<>();

  OutboundRoom(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// Takes room for an RPC; false if there is none for a queue that holds `queued` bytes already.
  synchronized boolean enter(Rpc rpc, long queued) {
    long more = rpc.ownFootprint();
    for (Message message : rpc.publish()) {
      if (uses.merge(message, 1, Integer::sum) == 1) {
        more += message.footprint();
      }
    }
    held += more;
    if (queued + held > maxBytes) {
      leave(rpc);
      return false;
    }
    return true;
  }

  /// An RPC that entered waits no longer.
  synchronized void leave(Rpc rpc) {
    held -= rpc.ownFootprint();
    for (Message message : rpc.publish()) {
      if (uses.computeIfPresent(message, (_, count) -> count == 1 ? null : count - 1) == null) {
        held -= message.footprint();
      }
    }
  }

  /// Takes room for bytes that a peer is about to take; false if there is none.
  synchronized boolean reserve(long bytes) {
    if (bytes > maxBytes - held) {
      return false;
    }
    held += bytes;
    return true;
  }

  synchronized void release(long bytes) {
    held -= bytes;
  }

  synchronized long held() {
    return held;
  }
}
