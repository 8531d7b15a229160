package io.kadenza.kad;

import io.kadenza.host.EventStream;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// One search in two networks: hands on what either finds, each provider once, and ends both when
/// as many were found as are wanted. Each of the two is read by a thread of its own.
final class DualProviderSearch {
  private final ProviderSearch outside;
  private final ProviderSearch inside;
  private final int count;
  private final EventStream<PeerInfo> found = ProviderSearch.queue();
  private final Set<PeerId> seen = new HashSet<>();

  private DualProviderSearch(ProviderSearch outside, ProviderSearch inside, int count) {
    this.outside = outside;
    this.inside = inside;
    this.count = count;
  }

  /// Two searches for the same as one.
  ///
  /// @param count how many providers are enough; 0 for as many as there are
  static ProviderSearch of(ProviderSearch outside, ProviderSearch inside, int count) {
    var both = new DualProviderSearch(outside, inside, count);
    var end = new CompletableFuture<Outcome.Providers>();
    Thread.ofVirtual().name("kad-dual-providers").start(() -> both.run(end));
    return new ProviderSearch(both.found, end, both::stop);
  }

  private void run(CompletableFuture<Outcome.Providers> end) {
    try {
      end.complete(Both.ask(() -> read(outside), () -> read(inside)).merged(this::together));
    } catch (DhtException closed) {
      // Told by the cancellation.
    } finally {
      end.cancel(false);
      found.close();
    }
  }

  private Outcome.Providers read(ProviderSearch search) {
    for (PeerInfo provider : search) {
      handOn(provider);
      if (isEnough()) {
        stop();
      }
    }
    return search.await();
  }

  /// Hands on a provider that nobody has found before, as long as more are wanted.
  private synchronized void handOn(PeerInfo provider) {
    if (!isEnough() && seen.add(provider.id())) {
      found.publish(provider);
    }
  }

  private synchronized boolean isEnough() {
    return count > 0 && seen.size() >= count;
  }

  private void stop() {
    found.close();
    outside.close();
    inside.close();
  }

  private Outcome.Providers together(Outcome.Providers a, Outcome.Providers b) {
    LookupStats stats = Both.cost(a.stats(), b.stats());
    return new Outcome.Providers(
        Both.united(a.providers(), b.providers()),
        isEnough() ? stats.withReason(Termination.STOPPED) : stats);
  }
}
