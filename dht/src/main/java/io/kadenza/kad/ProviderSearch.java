package io.kadenza.kad;

import io.kadenza.host.EventStream;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.multiformats.PeerInfo;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/// The providers of some content, as they are found. Iterating waits for the next one and ends with
/// the search; closing ends the search. For one reader.
public final class ProviderSearch implements Iterable<PeerInfo>, AutoCloseable {
  /// How many may wait for a slow reader.
  private static final int MAX_WAITING = 4_096;

  private final EventStream<PeerInfo> found;
  private final CompletableFuture<Outcome.Providers> end;

  private final Runnable cancel;

  /// @param found from [#queue]; closed by the source when the search has ended
  /// @param cancel ends the search; harmless if it has ended
  ProviderSearch(
      EventStream<PeerInfo> found, CompletableFuture<Outcome.Providers> end, Runnable cancel) {
    this.found = found;
    this.end = end;
    this.cancel = cancel;
  }

  /// Where the source of a search puts what it finds.
  static EventStream<PeerInfo> queue() {
    return new EventStream<>(MAX_WAITING, _ -> {});
  }

  @Override
  public Iterator<PeerInfo> iterator() {
    return found.iterator();
  }

  /// Waits for the end of the search.
  ///
  /// @return all providers found, and how the walk went
  public Outcome.Providers await() {
    return Waiting.forOutcome(end, () -> {});
  }

  /// Ends the search if it still runs. Idempotent.
  @Override
  public void close() {
    found.close();
    if (!end.isDone()) {
      cancel.run();
    }
  }
}
