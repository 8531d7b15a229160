package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.upkeep.RefreshKeys;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A series of walks that fill the table: first to ourselves, which finds our neighbours, then into
/// each bucket beyond our neighbourhood that is not full, and last, if the size of the network
/// would be unknown otherwise or our neighbours speak against it, to a random key.
final class TableRefresh implements Walk.Walker {
  /// Whom a refresh serves.
  interface Owner {
    /// One walk is over and others follow.
    void stepped(int contacted, int remaining);

    /// The refresh is over; called once.
    void refreshed(TableRefresh refresh);
  }

  /// How much a refresh asks.
  enum Extent {
    /// As little as keeps a table that has been full: nobody waits for it, so one peer after the
    /// other is asked, and nobody in vain.
    UPKEEP,
    /// Even less: the buckets alone, because our neighbours have been the same for a while.
    BUCKETS,
    /// All our neighbours too, because some may not know us or we them.
    NEIGHBOURS,
    /// The same, in a hurry.
    JOINING
  }

  /// What share of the peers that could be in a bucket is enough: more are offered a place whenever
  /// they are heard of, and a walk through the bucket is as good with fifteen as with twenty.
  private static final double MOST = 0.75;

  private final Node node;
  private final long operationId;
  private final List<Contact> seeds;
  private final Extent extent;
  private final Owner owner;
  private final LookupConfig config;
  private final Set<KadKey> contacted = new HashSet<>();
  private final long startedAt;

  private List<Contact> neighbours = List.of();
  private boolean sampled;
  private int nextBucket;
  private int lastBucket;
  private @Nullable Walk walk;
  private @Nullable Termination end;
  private boolean reported;
  private int asked;
  private int answered;
  private int failed;
  private int hops;

  /// @param seeds whom to ask besides those in the table
  TableRefresh(Node node, long operationId, List<Contact> seeds, Extent extent, Owner owner) {
    this.node = node;
    this.operationId = operationId;
    this.seeds = seeds;
    this.extent = extent;
    this.owner = owner;
    LookupConfig usual = node.config.lookup();
    this.config = extent == Extent.JOINING ? usual : usual.withAlpha(1);
    this.startedAt = node.now.nanos();
  }

  void start() {
    if (extent == Extent.BUCKETS) {
      neighbours = node.table.snapshot().closest(node.key, node.config.k());
      lastBucket = bucketsBeyond();
      proceed();
    } else {
      // "implementations should include a lookup for their own peer ID".
      walk(node.id.bytes(), extent != Extent.UPKEEP, seeds);
    }
  }

  private void walk(Bytes key, boolean followUp, List<Contact> extraSeeds) {
    var errand =
        new Walk.Errand(
            operationId,
            new KadRequest.FindNode(key),
            config.withFollowUp(followUp),
            node.surroundings(),
            extraSeeds);
    Walk started = Walk.of(node, errand, this);
    walk = started;
    started.start();
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    contacted.add(from.key());
    return false;
  }

  @Override
  public void walked(Walk finished) {
    LookupStats stats = finished.stats();
    asked += stats.asked();
    answered += stats.answered();
    failed += stats.failed();
    hops = Math.max(hops, stats.hops());
    if (neighbours.isEmpty() && nextBucket == 0) {
      // A walk that has starved has met everybody there is to meet.
      boolean small = stats.reason() != Termination.COMPLETED;
      neighbours = finished.holders();
      lastBucket = small ? 0 : bucketsBeyond();
      if (small && end == null) {
        end = stats.reason();
      }
    }
    proceed();
  }

  private void proceed() {
    if (end == null) {
      walkToNextBucket();
    }
    // Walks that find nobody to ask end as they begin, one within the other.
    if (end != null && !reported) {
      reported = true;
      owner.refreshed(this);
    }
  }

  /// How many buckets reach beyond our k closest neighbours: in the others there is nobody whom the
  /// walk to ourselves has not met.
  private int bucketsBeyond() {
    int farthest = neighbours.isEmpty() ? 0 : node.table.bucketOf(neighbours.getLast().key());
    return Math.min(farthest, RefreshKeys.MAX_PREFIX) + 1;
  }

  private void walkToNextBucket() {
    while (nextBucket < lastBucket && node.table.bucketSize(nextBucket) >= enough(nextBucket)) {
      nextBucket++;
    }
    boolean sampling = isSizeUncertain();
    if (nextBucket < lastBucket) {
      owner.stepped(contacted.size(), lastBucket - nextBucket);
      Bytes key = RefreshKeys.inBucket(node.key, nextBucket++, node.random);
      sampled |= sampling;
      walk(key, sampling, List.of());
    } else if (sampling && lastBucket > 0 && !sampled) {
      sampled = true;
      walk(RefreshKeys.anywhere(node.random), true, List.of());
    } else {
      end = Termination.COMPLETED;
    }
  }

  private boolean isSizeUncertain() {
    return node.size.isWanting(node.seconds())
        || (!sampled
            && neighbours.size() >= node.config.k()
            && node.size.isContradictedBy(node.key, neighbours, node.seconds()));
  }

  /// How many peers in a bucket are enough: most of k or, where the network is too small for that,
  /// of those that should be there.
  private double enough(int bucket) {
    double there = node.size.estimate(node.seconds()).orElse(Double.MAX_VALUE);
    return MOST * Math.min(node.config.k(), Math.scalb(there, -bucket - 1));
  }

  /// The k closest peers to ourselves, whether or not they were asked.
  List<Contact> neighbours() {
    return neighbours;
  }

  /// Ends the refresh with what it has.
  void end(Termination reason) {
    Walk running = walk;
    if (end == null && running != null) {
      end = reason;
      running.end(reason);
    }
  }

  /// How many distinct peers answered.
  int contacted() {
    return contacted.size();
  }

  /// All walks taken together.
  LookupStats stats() {
    Termination reason = end == null ? Termination.CANCELLED : end;
    var took = Duration.ofNanos(node.now.nanos() - startedAt);
    return new LookupStats(reason, asked, answered, failed, hops, took);
  }
}
