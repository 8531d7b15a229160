package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.lookup.Region;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.provide.Span;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.upkeep.RefreshKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Gets to know all servers of a region of the keyspace with few questions: whoever names the k
/// closest peers to a point has named everybody up to the last of them. Beginning at one cell, it
/// asks about the far end of what is unknown in ever wider surroundings, until these have enough
/// servers for the closest of any key in them to be among them: that is the region.
final class Exploration implements Walk.Walker {
  /// Whom an exploration serves.
  interface Owner {
    /// Nothing more is to be found out; called once for each [#start] and [#widen].
    void explored();
  }

  /// How many of those closest to a point have to name their neighbours. One may have gaps in its
  /// table, or lie; each more costs another third of all questions.
  private static final int WITNESSES = 2;

  /// A region takes two or three walks; only one that somebody has filled with servers of his own
  /// takes more.
  private static final int MAX_WALKS = 12;

  /// How long a region may be looked for, for which others wait meanwhile; what is announced in
  /// between does not count. Some seconds are usual, but whoever names peers that do not answer
  /// makes a walk as long as he likes.
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /// How finely a point is asked for: a 32nd of what k servers take up.
  private static final int FINENESS_BITS = 5;

  private static final int DEFAULT_BITS = 10;
  private static final int MAX_BITS = 16;

  private final Node node;
  private final Chart chart;
  private final int cell;
  private final int enough;
  private final double minWidth;
  private final Owner owner;

  /// How far each peer that answered on the present walk knows its surroundings.
  private final Map<Contact, Double> reach = new HashMap<>();

  private KadKey target;
  private Span region = Span.ALL;
  private int maxBits = MAX_BITS;
  private int walks;
  private @Nullable Walk walk;
  private long giveUpAt;
  private long exploredAt;
  private int asked;
  private int answered;

  /// @param chart what is known, and where what is found is noted
  /// @param cell where the region is to be
  /// @param minWidth of the region, as a share of the keyspace
  Exploration(Node node, Chart chart, int cell, double minWidth, Owner owner) {
    this.node = node;
    this.chart = chart;
    this.cell = cell;
    this.minWidth = minWidth;
    this.owner = owner;
    this.target = node.key;
    // A quarter more than are needed, because some of them will be gone.
    enough = node.config.k() + node.config.k() / 4;
  }

  void start() {
    giveUpAt = node.now.nanosAfter(LIMIT);
    proceed();
  }

  /// When [#tick] is due.
  long deadline() {
    return walk == null ? Node.NEVER : giveUpAt;
  }

  /// Goes on with what it knows if it has taken too long.
  void tick() {
    Walk running = walk;
    if (running != null && node.now.reached(giveUpAt)) {
      running.end(Termination.TIMED_OUT);
    }
  }

  /// Goes on with a region twice as wide, for one whose servers are not enough after all.
  void widen() {
    maxBits = Math.max(0, MAX_BITS - Integer.numberOfTrailingZeros(region.width()) - 1);
    walks = 0;
    giveUpAt += node.now.nanos() - exploredAt;
    proceed();
  }

  /// The narrowest region around the cell that has enough servers.
  Span region() {
    return region;
  }

  private void proceed() {
    for (int bits = maxBits; bits >= 0; bits--) {
      region = Span.around(cell, bits);
      int gap = chart.coverage().lastGap(region);
      if (gap >= 0 && walks < MAX_WALKS && !node.now.reached(giveUpAt)) {
        walkTo(gap);
        return;
      }
      if (region.width() >= minWidth * Span.CELLS && chart.count(region) >= enough) {
        break;
      }
    }
    explored();
  }

  private void explored() {
    exploredAt = node.now.nanos();
    owner.explored();
  }

  private void walkTo(int aim) {
    walks++;
    reach.clear();
    var question = new KadRequest.FindNode(RefreshKeys.under(aim, fineness(), node.random));
    target = KadKey.of(question.key());
    LookupConfig config =
        node.config
            .lookup()
            .withAlpha(1)
            .withBeta(WITNESSES)
            .withFollowUp(false)
            .withPaths(1)
            .withEager(false);
    var errand =
        new Walk.Errand(EngineEvent.NO_OPERATION, question, config, Region.UNKNOWN, List.of());
    Walk started = Walk.of(node, errand, this);
    walk = started;
    started.start();
  }

  /// How many bits of a point matter.
  private int fineness() {
    OptionalDouble servers = node.size.estimate(node.seconds());
    if (servers.isEmpty()) {
      return DEFAULT_BITS;
    }
    double regions = Math.max(1, servers.getAsDouble() / node.config.k());
    return Math.min(MAX_BITS, FINENESS_BITS + Math.getExponent(regions));
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    double farthest = 0;
    for (Contact contact : response.closer()) {
      farthest = Math.max(farthest, target.distance(contact.key()).fraction());
    }
    // Who knows less than k peers knows all there are, unless its answer was cut short.
    boolean all =
        response.closer().size() < node.config.k() && node.table.size() <= node.config.k();
    reach.put(from, all ? 1 : farthest);
    return false;
  }

  @Override
  public void walked(Walk finished) {
    walk = null;
    asked += finished.stats().asked();
    answered += finished.stats().answered();
    chart.add(finished.known());
    List<Contact> closest = finished.closest();
    if (closest.isEmpty()) {
      explored();
      return;
    }
    double agreed = 1;
    for (Contact witness : closest.subList(0, Math.min(WITNESSES, closest.size()))) {
      agreed = Math.min(agreed, reach.getOrDefault(witness, 0.0));
    }
    chart.coverage().add(target, agreed);
    proceed();
  }

  /// How many peers were asked.
  int asked() {
    return asked;
  }

  /// How many peers answered.
  int answered() {
    return answered;
  }
}
