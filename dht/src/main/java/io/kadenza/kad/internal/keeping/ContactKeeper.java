package io.kadenza.kad.internal.keeping;

import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves the peers worth keeping from time to time, on a thread of its own, and once more at the
/// end: a node that is killed has those of some minutes ago, and one that knew hardly anybody
/// before, those of half its life ago.
public final class ContactKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContactKeeper.class);

  /// A node that has just joined knows more after a minute than after a second: those of before are
  /// better until then.
  private static final Duration FIRST = Duration.ofMinutes(1);

  /// Who has few of before saves whomever it knows, at growing intervals until that minute is over.
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Duration EVERY = Duration.ofMinutes(10);

  /// If there are fewer than this, those saved before fill up the places.
  private static final int FEW = 20;

  private final Holdings holdings;
  private final Supplier<CompletableFuture<List<PeerInfo>>> worthSaving;
  private final Rest rest;
  private final Duration firstPause;
  private final Thread thread;

  /// What the thread does between two saves.
  interface Rest {
    void lasting(Duration pause) throws InterruptedException;
  }

  private ContactKeeper(
      Holdings holdings,
      int before,
      Supplier<CompletableFuture<List<PeerInfo>>> worthSaving,
      Rest rest) {
    this.holdings = holdings;
    this.worthSaving = worthSaving;
    this.rest = rest;
    this.firstPause = before < FEW ? SOON : FIRST;
    this.thread = Thread.ofVirtual().name("kad-contacts").unstarted(this::run);
  }

  /// Starts to save.
  ///
  /// @param before how many an earlier run has left
  /// @param worthSaving asks the engine, the best first
  public static ContactKeeper start(
      Holdings holdings, int before, Supplier<CompletableFuture<List<PeerInfo>>> worthSaving) {
    return start(holdings, before, worthSaving, Thread::sleep);
  }

  static ContactKeeper start(
      Holdings holdings,
      int before,
      Supplier<CompletableFuture<List<PeerInfo>>> worthSaving,
      Rest rest) {
    var keeper = new ContactKeeper(holdings, before, worthSaving, rest);
    keeper.thread.start();
    return keeper;
  }

  private void run() {
    try {
      Duration pause = firstPause;
      while (true) {
        rest.lasting(pause);
        save();
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(FIRST) < 0 ? longer : EVERY;
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void save() throws InterruptedException {
    try {
      holdings.saveContacts(filledUp(worthSaving.get().get()));
    } catch (ExecutionException | RuntimeException notThisTime) {
      LOG.debug("contacts are not saved", notThisTime);
    }
  }

  /// A node that has lost everybody, or was stopped before it had found them, will need those whom
  /// it knew.
  private List<PeerInfo> filledUp(List<PeerInfo> peers) {
    var all = new LinkedHashMap<PeerId, PeerInfo>();
    peers.forEach(peer -> all.put(peer.id(), peer));
    if (all.size() < FEW) {
      for (PeerInfo earlier : holdings.contacts()) {
        if (all.size() < FEW) {
          all.putIfAbsent(earlier.id(), earlier);
        }
      }
    }
    return List.copyOf(all.values());
  }

  /// Saves once more; the engine must still run.
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join();
      save();
    } catch (InterruptedException now) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
