package io.kadenza.kad;

import io.kadenza.host.EventStream;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.multiformats.PeerInfo;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/// The providers of some content, as they are found. Iterating waits for the next one and ends with
/// the search; closing ends the search. For one reader.
public final class ProviderSearch implements Iterable<PeerInfo>, AutoCloseable {
  private final EventStream<PeerInfo> found;
  private final CompletableFuture<Outcome> end;

  ProviderSearch(EventStream<PeerInfo> found, CompletableFuture<Outcome> end) {
    this.found = found;
    this.end = end;
  }

  @Override
  public Iterator<PeerInfo> iterator() {
    return found.iterator();
  }

  /// Waits for the end of the search.
  ///
  /// @return all providers found, and how the walk went
  public Outcome.Providers await() {
    return (Outcome.Providers) Waiting.forOutcome(end, () -> {});
  }

  /// Ends the search if it still runs. Idempotent.
  @Override
  public void close() {
    found.close();
  }
}
