package io.kadenza.host.internal.net;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The streams of one connection that somebody has written to, read from or closed, and the one
/// turn of the event loop in which all of them are attended to. [#ask] is for any thread, the rest
/// for the event loop.
final class Attention {
  private final Link link;
  private final Runnable turn;
  private final Queue<MuxedStream> wanting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private boolean sure;

  /// @param turn calls [#give]
  Attention(Link link, Runnable turn) {
    this.link = link;
    this.turn = turn;
  }

  /// Puts a stream on the list and makes sure that a turn follows.
  void ask(MuxedStream stream) {
    wanting.add(stream);
    if (link.inLoop() && sure) {
      return;
    }
    if (due.compareAndSet(false, true)) {
      link.execute(turn);
    }
  }

  /// A turn is sure to follow, since bytes are being received.
  void isSure() {
    sure = true;
  }

  /// Attends to the streams on the list, also to those that come while it does.
  void give(Consumer<MuxedStream> attend) {
    sure = false;
    due.set(false);
    for (MuxedStream stream = wanting.poll(); stream != null; stream = wanting.poll()) {
      attend.accept(stream);
    }
  }
}
