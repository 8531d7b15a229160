package io.kadenza.host.internal.net;

import io.kadenza.host.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The memory that all connections of a host together take for what is not through yet, and who
/// gives some back when it is too much.
///
/// The sum decides when, and greed decides who: of the region whose connections hold most, and
/// there of such a network, the one that holds most ends, then the next, until an eighth of the
/// budget is free again. Whoever has asked last is no more likely to go than anybody else, and who
/// holds no more than an even share never goes: if nobody held more, the sum would be within the
/// budget.
///
/// Safe for use by any thread. Each [Tally] belongs to the event loop of its connection, which adds
/// up there and tells only larger changes.
public final class MemoryBudget {
  /// A connection's changes below this stay its own affair, so that ordinary requests and answers
  /// touch nothing that event loops share.
  private static final int GRAIN = 4 << 10;

  private final long most;
  private final long share;
  private final AtomicLong held = new AtomicLong();
  private final Set<Tally> tallies = ConcurrentHashMap.newKeySet();

  /// Those that were told to give way and are not gone yet. Guarded by this.
  private final Set<Tally> leaving = new HashSet<>();

  /// What will be free when they are gone. Written under the lock.
  private volatile long promised;

  public MemoryBudget(Limits limits) {
    this.most = limits.maxHeldBytes();
    this.share = most / limits.maxConnections();
  }

  /// Opens the books of a connection.
  ///
  /// @param giveWay ends the connection for the sake of others; called by any thread, once at most
  Tally open(RemoteNetwork network, Runnable giveWay) {
    var tally = new Tally(network, giveWay);
    tallies.add(tally);
    return tally;
  }

  /// Bytes held by all connections but those that are about to end for it.
  public long held() {
    return held.get() - promised;
  }

  /// Whether so much is taken that nobody should be encouraged to send more at a time.
  boolean isTight() {
    return held() > most / 2;
  }

  private void relieve() {
    losers().forEach(loser -> loser.giveWay.run());
  }

  private synchronized List<Tally> losers() {
    List<Tally> losers = new ArrayList<>();
    if (held() <= most) {
      return losers;
    }
    // More than the excess, so that a flood does not have everybody compared for each of its bytes.
    long goal = most - most / 8;
    PriorityQueue<Region> regions = regions();
    while (held() > goal && !regions.isEmpty()) {
      Region greediest = regions.remove();
      Holding largest = greediest.takeLargest(share);
      if (largest != null) {
        leaving.add(largest.tally);
        largest.tally.promised = largest.bytes;
        promised += largest.bytes;
        losers.add(largest.tally);
      }
      if (!greediest.networks.isEmpty()) {
        regions.add(greediest);
      }
    }
    return losers;
  }

  /// Who holds how much, by regions and their networks.
  private PriorityQueue<Region> regions() {
    Map<RemoteNetwork, List<Holding>> byNetwork = new HashMap<>();
    for (Tally tally : tallies) {
      if (!leaving.contains(tally)) {
        byNetwork
            .computeIfAbsent(tally.network, _ -> new ArrayList<>(1))
            .add(new Holding(tally, tally.counted));
      }
    }
    Map<IpRegion, Region> byRegion = new HashMap<>();
    byNetwork.forEach((network, holdings) ->
        byRegion.computeIfAbsent(network.region(), _ -> new Region()).add(new Crowd(holdings)));
    var regions = new PriorityQueue<>(Comparator.comparingLong((Region region) -> -region.sum));
    regions.addAll(byRegion.values());
    return regions;
  }

  private synchronized void gone(Tally tally) {
    if (leaving.remove(tally)) {
      promised -= tally.promised;
    }
  }

  /// What a connection held when it was looked at.
  private record Holding(Tally tally, long bytes) {}

  /// The connections of one network, the one that holds most first.
  private static final class Crowd {
    final Deque<Holding> holdings;
    long sum;

    Crowd(List<Holding> holdings) {
      holdings.sort(Comparator.comparingLong(holding -> -holding.bytes));
      this.holdings = new ArrayDeque<>(holdings);
      this.sum = holdings.stream().mapToLong(Holding::bytes).sum();
    }
  }

  /// The networks of one region, the one that holds most first.
  private static final class Region {
    final PriorityQueue<Crowd> networks =
        new PriorityQueue<>(Comparator.comparingLong((Crowd crowd) -> -crowd.sum));
    long sum;

    void add(Crowd network) {
      networks.add(network);
      sum += network.sum;
    }

    /// Takes out what the network that holds most has most of; or that network, and returns null,
    /// if it has nothing beyond an even share.
    @Nullable Holding takeLargest(long share) {
      Crowd network = networks.remove();
      sum -= network.sum;
      Holding largest = network.holdings.remove();
      if (largest.bytes <= share) {
        return null;
      }
      network.sum -= largest.bytes;
      if (!network.holdings.isEmpty()) {
        add(network);
      }
      return largest;
    }
  }

  /// What one connection holds.
  final class Tally {
    private final RemoteNetwork network;
    private final Runnable giveWay;

    /// What the budget knows of; written in the event loop.
    private volatile long counted;

    /// What giving way frees; guarded by the budget.
    private long promised;

    private boolean closed;

    private Tally(RemoteNetwork network, Runnable giveWay) {
      this.network = network;
      this.giveWay = giveWay;
    }

    /// Notes how many bytes the connection holds now; in its event loop. Somebody, which may be
    /// this connection, gives way if they are too many.
    void hold(long bytes) {
      long more = bytes - counted;
      if (closed || Math.abs(more) < GRAIN) {
        return;
      }
      counted = bytes;
      held.addAndGet(more);
      if (more > 0 && held() > most) {
        relieve();
      }
    }

    /// Closes the books: nothing is held any longer. In the event loop. Idempotent.
    void close() {
      if (closed) {
        return;
      }
      closed = true;
      tallies.remove(this);
      held.addAndGet(-counted);
      gone(this);
      // It may free less than it was to when it was told to go, and the others have had that too.
      if (held() > most) {
        relieve();
      }
    }
  }
}
