package io.kadenza.kad.internal.client;

import io.kadenza.host.Connection;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something that the engine wants sent to a peer, on its way to an end: a [Question] or an
/// [Announcement].
abstract class Errand {
  private final long id;
  private final PeerInfo to;
  private final long since = System.nanoTime();
  private final Deadline deadline;
  private volatile @Nullable Runnable stop;

  /// @param id by which the engine knows it
  Errand(long id, PeerInfo to, Duration patience) {
    this.id = id;
    this.to = to;
    this.deadline = Deadline.after(patience);
  }

  /// Goes on, now that there is a connection.
  ///
  /// @throws io.kadenza.host.StreamException if the connection is closed or full
  abstract void send(Connection connection);

  final long id() {
    return id;
  }

  final PeerInfo to() {
    return to;
  }

  abstract MessageType type();

  /// How long ago it was given, nanoseconds.
  final long age() {
    return System.nanoTime() - since;
  }

  /// Whether the engine's patience is over.
  final boolean isLate() {
    return deadline.isOver();
  }

  /// How long the engine will still wait.
  final Duration left() {
    return deadline.left();
  }

  /// Sets what is to be done when nobody waits for the end any more.
  final void onAbandon(Runnable action) {
    stop = action;
  }

  final void abandon() {
    Runnable action = stop;
    if (action != null) {
      action.run();
    }
  }

  /// Runs `dialling` on a thread of its own, interrupted when the errand is abandoned.
  final void startDialling(Runnable dialling) {
    Thread thread = Thread.ofVirtual().name("kad-rpc-", id).unstarted(dialling);
    onAbandon(thread::interrupt);
    thread.start();
  }
}
