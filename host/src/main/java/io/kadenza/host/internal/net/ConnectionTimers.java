package io.kadenza.host.internal.net;

import io.kadenza.host.Limits;
import io.kadenza.host.internal.yamux.Yamux;
import io.kadenza.host.internal.yamux.YamuxException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What happens on a connection by itself: the muxer's keep-alive, and the search for streams that
/// the peer has let wait too long, as long as there are any. Owned by the event loop, but that any
/// thread may doubt.
final class ConnectionTimers {
  /// Streams are looked over this often at the least.
  private static final long SWEEP_MILLIS_MAX = 5_000;

  private final Link link;
  private final Yamux yamux;
  private final OpenStreams streams;
  private final Runnable turn;
  private final Runnable peerIsSilent;
  private final long patienceNanos;
  private final long sweepMillis;
  private @Nullable Future<?> ticking;
  private @Nullable Future<?> sweeping;
  private boolean stopped;
  private volatile boolean inDoubt;

  /// @param turn sends what came of a look at the streams
  /// @param peerIsSilent called when the keep-alive had no answer
  ConnectionTimers(
      Link link,
      Yamux yamux,
      OpenStreams streams,
      Limits limits,
      Runnable turn,
      Runnable peerIsSilent) {
    this.link = link;
    this.yamux = yamux;
    this.streams = streams;
    this.turn = turn;
    this.peerIsSilent = peerIsSilent;
    this.patienceNanos = limits.streamTimeout().toNanos();
    this.sweepMillis = Math.clamp(limits.streamTimeout().toMillis() / 2, 10, SWEEP_MILLIS_MAX);
  }

  /// Begins the keep-alive.
  void start() {
    var due = yamux.deadline();
    if (due.isPresent()) {
      long wait = Math.max(1, due.getAsLong() - System.nanoTime());
      ticking = link.later(this::tick, wait, TimeUnit.NANOSECONDS);
    }
  }

  private void tick() {
    if (stopped) {
      return;
    }
    try {
      yamux.tick(System.nanoTime());
      turn.run();
      start();
    } catch (YamuxException silent) {
      peerIsSilent.run();
    }
  }

  /// Asks the peer for a sign of life; until there is one the connection is in doubt. From any
  /// thread.
  void doubt() {
    inDoubt = true;
    link.execute(this::probe);
  }

  private void probe() {
    if (!stopped) {
      yamux.probe(System.nanoTime());
      turn.run();
      cancel(ticking);
      start();
    }
  }

  /// The peer has given a sign of life.
  void heard() {
    if (inDoubt) {
      inDoubt = false;
    }
  }

  /// Whether the peer may have gone without a word. From any thread.
  boolean isInDoubt() {
    return inDoubt;
  }

  /// There is a stream to be looked after.
  void watch() {
    if (sweeping == null && !stopped) {
      sweeping = link.later(this::sweep, sweepMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void sweep() {
    sweeping = null;
    if (!stopped && streams.size() > 0) {
      streams.resetOverdue(System.nanoTime(), patienceNanos);
      turn.run();
      watch();
    }
  }

  /// The connection is closed.
  void stop() {
    stopped = true;
    cancel(ticking);
    cancel(sweeping);
  }

  private static void cancel(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }
}
