package io.kadenza.sim;

import io.kadenza.kad.engine.Finding;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.NetworkObserver;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.net.Timeline;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Starts a scenario's operations, each at a random time from a random honest node, and measures
/// how they end. Owned by a [Simulation].
final class Traffic implements NetworkObserver {
  private static final int KEY_BYTES = 32;

  private final Scenario scenario;
  private final Network network;
  private final Timeline timeline;
  private final Population population;
  private final SplittableRandom random;
  private final Keys keys;
  private final Map<Kind, Series> series = new EnumMap<>(Kind.class);

  /// By operation id; null once it is over.
  private final List<@Nullable Running> running = new ArrayList<>();

  private long open;

  /// Searches that wait for their time.
  private long planned;

  /// The keys that are put and provided, known beforehand so that liars can be ground next to them.
  static final class Keys {
    final List<Bytes> values = new ArrayList<>();
    final List<Bytes> contents = new ArrayList<>();

    Keys(Scenario scenario, SplittableRandom random) {
      for (int i = 0; i < scenario.workload().puts(); i++) {
        values.add(Bytes.utf8("/sim/" + randomKey(random).toHex()));
      }
      for (int i = 0; i < scenario.workload().provides(); i++) {
        contents.add(randomKey(random));
      }
    }

    List<KadKey> targets() {
      var targets = new ArrayList<KadKey>();
      values.forEach(key -> targets.add(KadKey.of(key)));
      contents.forEach(key -> targets.add(KadKey.of(key)));
      return targets;
    }
  }

  /// An operation under way.
  private static final class Running {
    final Kind kind;
    final SimNode asker;

    /// What the asker does not live to see is not measured.
    final int life;

    final Bytes key;

    /// Who provides what is looked for.
    final @Nullable SimNode provider;

    final long startedAt;
    final long dialsBefore;
    boolean seen;

    Running(Kind kind, SimNode asker, Bytes key, @Nullable SimNode provider, long startedAt) {
      this.kind = kind;
      this.asker = asker;
      this.life = asker.life();
      this.key = key;
      this.provider = provider;
      this.startedAt = startedAt;
      this.dialsBefore = asker.dials();
    }
  }

  Traffic(Scenario scenario, Network network, Population population, Keys keys) {
    this.scenario = scenario;
    this.network = network;
    this.timeline = network.timeline();
    this.population = population;
    this.keys = keys;
    this.random = network.seeds().of("traffic");
    for (Kind kind : Kind.values()) {
      series.put(kind, new Series(kind));
    }
  }

  private static Bytes randomKey(SplittableRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Bytes.wrap(key);
  }

  /// Schedules everything.
  void schedule() {
    for (int i = 0; i < scenario.workload().lookups(); i++) {
      timeline.at(randomTime(), this::lookup);
    }
    for (Bytes key : keys.values) {
      timeline.at(randomTime(), () -> put(key));
    }
    for (Bytes key : keys.contents) {
      timeline.at(randomTime(), () -> provide(key));
    }
  }

  private long randomTime() {
    long from = scenario.workload().from().toNanos();
    return from + random.nextLong(Math.max(1, scenario.workload().until().toNanos() - from));
  }

  private void lookup() {
    Bytes key = randomKey(random);
    start(Kind.LOOKUP, key, new Operation.FindClosest(key), null);
  }

  private void put(Bytes key) {
    Bytes value = Bytes.utf8("value of " + key);
    start(Kind.PUT, key, new Operation.PutValue(key, value), null);
  }

  private void get(Bytes key) {
    int quorum = scenario.workload().quorum();
    start(Kind.GET, key, new Operation.GetValue(key, quorum), null);
  }

  private void provide(Bytes key) {
    start(Kind.PROVIDE, key, new Operation.Provide(key), null);
  }

  private void find(Bytes key, SimNode provider) {
    int count = scenario.workload().providers();
    start(Kind.FIND, key, new Operation.FindProviders(key, count), provider);
  }

  private void start(Kind kind, Bytes key, Operation operation, @Nullable SimNode provider) {
    SimNode asker = population.asker(provider, random);
    if (asker == null) {
      return; // Nobody is left to ask.
    }
    // Others start operations too, and one may be over before its start returns.
    while (running.size() < network.nextOperationId()) {
      running.add(null);
    }
    running.add(new Running(kind, asker, key, provider, timeline.nanos()));
    open++;
    network.start(asker, operation, scenario.workload().limit());
  }

  /// Whether operations are under way at nodes that are still up.
  boolean isOpen() {
    if (planned > 0) {
      return true;
    }
    if (open == 0) {
      return false;
    }
    for (Running one : running) {
      if (one != null && one.asker.life() == one.life) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void progressed(SimNode node, long operationId, Finding finding) {
    Running one = of(operationId);
    if (one != null
        && !one.seen
        && (finding instanceof Finding.ValueSeen || finding instanceof Finding.ProviderFound)) {
      one.seen = true;
      series(one.kind).addFirst(timeline.nanos() - one.startedAt);
    }
  }

  private @Nullable Running of(long operationId) {
    return operationId < running.size() ? running.get((int) operationId) : null;
  }

  private Series series(Kind kind) {
    Series known = series.get(kind);
    if (known == null) {
      throw new IllegalStateException("every kind has its series");
    }
    return known;
  }

  @Override
  public void done(SimNode node, long operationId, Outcome outcome) {
    Running one = of(operationId);
    if (one == null) {
      return;
    }
    running.set((int) operationId, null);
    open--;
    switch (outcome) {
      case Outcome.Closest closest -> looked(one, closest);
      case Outcome.Stored stored -> {
        int copies = stored.copies();
        end(one, outcome, copies > 0, share(copies), stored.perPeer().size());
        later(() -> get(one.key));
      }
      case Outcome.Provided provided -> {
        int copies = provided.copies();
        end(one, outcome, copies > 0, share(copies), provided.perPeer().size());
        SimNode provider = one.asker;
        later(() -> find(one.key, provider));
      }
      case Outcome.Value value -> {
        Bytes expected = Bytes.utf8("value of " + one.key);
        boolean found = value.best().isPresent() && value.best().get().value().equals(expected);
        end(one, outcome, found, found ? 1 : 0, 0);
      }
      case Outcome.Providers providers -> {
        boolean found = one.provider != null && names(providers.providers(), one.provider);
        end(one, outcome, found, found ? 1 : 0, 0);
      }
      case Outcome.PeerFound _,
          Outcome.ProvidingStarted _,
          Outcome.ProvidingStopped _,
          Outcome.Unpublished _,
          Outcome.Bootstrapped _,
          Outcome.Refreshed _ -> {}
    }
  }

  private void later(Runnable action) {
    planned++;
    timeline.at(
        timeline.nanos() + scenario.workload().pause().toNanos(),
        () -> {
          planned--;
          action.run();
        });
  }

  private double share(int copies) {
    return Math.min(1, copies / (double) scenario.engine().k());
  }

  private static boolean names(List<PeerInfo> providers, SimNode provider) {
    for (PeerInfo info : providers) {
      if (info.id().equals(provider.id())) {
        return true;
      }
    }
    return false;
  }

  private void looked(Running one, Outcome.Closest outcome) {
    List<SimNode> truth =
        population
            .census()
            .closest(
                KadKey.of(one.key),
                scenario.engine().k(),
                node -> node.isUp() && node != one.asker);
    Set<PeerId> found = HashSet.newHashSet(outcome.peers().size());
    for (PeerInfo peer : outcome.peers()) {
      found.add(peer.id());
    }
    int hits = 0;
    for (SimNode node : truth) {
      hits += found.contains(node.id()) ? 1 : 0;
    }
    boolean closest = !truth.isEmpty() && found.contains(truth.getFirst().id());
    double recall = truth.isEmpty() ? 0 : hits / (double) truth.size();
    end(one, outcome, closest, recall, 0);
  }

  private void end(Running one, Outcome outcome, boolean success, double share, int stores) {
    series(one.kind)
        .add(
            success,
            share,
            outcome.stats(),
            timeline.nanos() - one.startedAt,
            (long) outcome.stats().asked() + stores,
            one.asker.dials() - one.dialsBefore);
  }

  OperationReport report(Kind kind) {
    return series(kind).report();
  }

  /// One report for each kind that occurred.
  List<OperationReport> reports() {
    var reports = new ArrayList<OperationReport>();
    for (Kind kind : Kind.values()) {
      OperationReport report = report(kind);
      if (report.count() > 0) {
        reports.add(report);
      }
    }
    return reports;
  }
}
