package io.kadenza.kad.engine;

import io.kadenza.kad.engine.TableRefresh.Extent;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.lookup.Termination;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks after the table and the stores from time to time. Confined to the engine.
///
/// "DHT Servers SHOULD perform a Routing Table Refresh every 10 minutes": those who have not
/// answered for long are asked, then walks fill what is not full. A table with less than k peers is
/// refreshed soon after it got a new one, so that a small network knits itself together without
/// anybody's help. So is one that has found neighbours again that it had lost. Without any
/// connection left, whom we know and the seeds are called at once, and again and again until one is
/// there.
final class Upkeep implements TableRefresh.Owner {
  /// Up to a tenth earlier or later, so that nodes that started together do not stay in step.
  private static final double JITTER = 0.1;

  private static final long SOON_NANOS = 2_000_000_000L;

  /// How often a small table is refreshed at most.
  private static final long SMALL_TABLE_NANOS = 30_000_000_000L;

  /// Connections from addresses that are gone look alive until keep-alives have been missed for a
  /// while, and whoever is asked on one does not answer.
  private static final long MOVED_NANOS = 60_000_000_000L;

  /// With fewer peers than this, and seeds among those that are missing, these are asked more
  /// often.
  private static final int FEW_PEERS = 10;

  private static final long RESCUE_NANOS = 120_000_000_000L;

  /// How many refreshes in a row may leave out the walk to ourselves. Whoever is new calls its
  /// neighbours by itself; the walk is for those who did not reach us, or whom we did not believe.
  private static final int MAX_QUIET = 2;

  private final Node node;
  private final Standing standing;
  private final Expiry expiry;

  /// Whom we were told to start from, for when the table has run low.
  private List<Contact> seeds = List.of();

  private boolean started;
  private long refreshAt;
  private long lastRefreshAt;
  private long giveUpAt;
  private int knownSize;
  private boolean everRefreshed;

  /// Whether the next refresh looks for all neighbours.
  private boolean anew;

  /// Whether it does so because we are reached elsewhere, which they are to hear.
  private boolean moved;

  /// How many refreshes leave out the walk to ourselves because the last one found nobody new, and
  /// how many of them are over.
  private int quiet;

  private int quietOver;

  private @Nullable TableRefresh running;

  private final Outage outage;

  Upkeep(Node node, Standing standing) {
    this.node = node;
    this.standing = standing;
    this.expiry = new Expiry(node);
    this.outage = new Outage(node.random);
  }

  /// Remembers the seeds of a bootstrap. All nodes of a network may have one list, with ourselves
  /// in it; we are never in our table, and not missing there.
  void seeds(List<Contact> peers) {
    seeds = peers.stream().filter(peer -> !peer.isAt(node.key)).toList();
  }

  /// The table stands as it would after many refreshes; the next is somewhere within the interval.
  void converge() {
    started = true;
    knownSize = node.table.size();
    lastRefreshAt = node.now.nanos();
    double rest = node.random.nextDouble();
    refreshAt = lastRefreshAt + (long) (node.config.refreshInterval().toNanos() * rest);
  }

  /// How long ago the last refresh began; empty before the first.
  Optional<Duration> refreshed(long now) {
    return everRefreshed ? Optional.of(Duration.ofNanos(now - lastRefreshAt)) : Optional.empty();
  }

  /// Called after every step.
  void observe() {
    long now = node.now.nanos();
    if (!started) {
      started = true;
      lastRefreshAt = now - SMALL_TABLE_NANOS;
      schedule();
    }
    int size = node.table.size();
    anew |= standing.takeReunion();
    if (running == null && (anew || (size > knownSize && size < node.config.k()))) {
      refreshBy(Math.max(now + SOON_NANOS, lastRefreshAt + SMALL_TABLE_NANOS));
    }
    knownSize = size;
  }

  /// We are reached at other addresses now. Whoever is asked hears of them.
  void moved() {
    moved = true;
    refreshBy(node.now.nanos() + MOVED_NANOS);
  }

  /// The last connection is lost.
  void cutOff() {
    if (isAnybodyKnown()) {
      outage.begin(node.now.nanos());
    }
  }

  private boolean isAnybodyKnown() {
    return node.table.size() > 0 || !seeds.isEmpty();
  }

  private void refreshBy(long time) {
    refreshAt = refreshAt - time > 0 ? time : refreshAt;
  }

  private void schedule() {
    double factor = 1 - JITTER + 2 * JITTER * node.random.nextDouble();
    long interval = node.config.refreshInterval().toNanos();
    interval = needsRescue() ? Math.min(interval, RESCUE_NANOS) : interval;
    refreshAt = node.now.nanos() + (long) (interval * factor);
  }

  private boolean needsRescue() {
    return node.table.size() < FEW_PEERS
        && seeds.stream().anyMatch(seed -> !node.table.contains(seed.key()));
  }

  long deadline() {
    if (!started) {
      return Node.NEVER;
    }
    long due = Node.earlier(running == null ? refreshAt : giveUpAt, outage.deadline());
    return Node.earlier(due, expiry.deadline());
  }

  void tick() {
    expiry.tick();
    if (outage.deadline() != Node.NEVER && node.now.reached(outage.deadline())) {
      call();
    }
    TableRefresh unfinished = running;
    if (unfinished != null) {
      if (node.now.reached(giveUpAt)) {
        unfinished.end(Termination.TIMED_OUT);
      }
    } else if (started && node.now.reached(refreshAt)) {
      refresh();
    }
  }

  /// Calls everybody known if there is still no connection.
  private void call() {
    if (node.connected.size() > 0 || !isAnybodyKnown()) {
      outage.end();
      return;
    }
    TableRefresh unfinished = running;
    if (unfinished != null) {
      // It asks one peer after the other, and may wait for those that are gone.
      unfinished.end(Termination.CANCELLED);
    }
    outage.calling(node.now.nanos());
    refresh();
  }

  private void refresh() {
    lastRefreshAt = node.now.nanos();
    expiry.begin();
    List<Contact> helpers = needsRescue() || outage.isCalling() ? seeds : List.of();
    standing.searchLost();
    if (node.table.size() == 0 && helpers.isEmpty()) {
      schedule();
      return;
    }
    standing.probe();
    standing.fill();
    node.happened(new EngineEvent.RefreshStarted(node.table.size()));
    everRefreshed = true;
    Extent extent = extent();
    var refresh = new TableRefresh(node, EngineEvent.NO_OPERATION, helpers, extent, this);
    anew = false;
    moved = false;
    running = refresh;
    giveUpAt = node.now.nanosAfter(node.config.refreshInterval());
    refresh.start();
  }

  private Extent extent() {
    if (outage.isCalling()) {
      return Extent.JOINING;
    }
    if (anew || moved) {
      return Extent.NEIGHBOURS;
    }
    if (quietOver < quiet && node.table.size() >= node.config.k()) {
      quietOver++;
      return Extent.BUCKETS;
    }
    quietOver = 0;
    return Extent.UPKEEP;
  }

  @Override
  public void stepped(int contacted, int remaining) {}

  @Override
  public void refreshed(TableRefresh refresh) {
    running = null;
    node.happened(new EngineEvent.RefreshEnded(node.table.size(), refresh.stats()));
    if (outage.isCalling()) {
      outage.called(node.connected.size() > 0, node.now.nanos());
    }
    boolean news = standing.reconnect(refresh.neighbours());
    if (quietOver == 0) {
      quiet = news ? 0 : Math.min(MAX_QUIET, quiet + 1);
    }
    schedule();
    if (moved) {
      moved();
    }
  }
}
