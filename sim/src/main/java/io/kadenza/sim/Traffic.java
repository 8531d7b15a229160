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
import io.kadenza.sim.report.OperationReport;
import io.kadenza.sim.scenario.Kind;
import io.kadenza.sim.scenario.Scenario;
import java.time.Duration;
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
  private final Scenario scenario;
  private final Network network;
  private final Timeline timeline;
  private final Population population;
  private final SplittableRandom random;
  private final Keys keys;
  private final Values values;
  private final Map<Kind, Series> series = new EnumMap<>(Kind.class);

  /// By operation id; null once it is over.
  private final List<@Nullable Running> running = new ArrayList<>();

  private long open;

  /// Searches that wait for their time.
  private long planned;

  Traffic(Scenario scenario, Network network, Population population, Keys keys) {
    this.scenario = scenario;
    this.network = network;
    this.timeline = network.timeline();
    this.population = population;
    this.keys = keys;
    this.values = new Values(scenario.workload().updates());
    this.random = network.seeds().of("traffic");
    for (Kind kind : Kind.values()) {
      series.put(kind, new Series(kind));
    }
  }

  /// Schedules everything.
  void schedule() {
    for (int i = 0; i < scenario.workload().lookups(); i++) {
      timeline.at(randomTime(), this::lookup);
    }
    for (Bytes key : keys.values()) {
      timeline.at(randomTime(), () -> put(key));
    }
    for (Bytes key : keys.contents()) {
      timeline.at(randomTime(), () -> provide(key));
    }
  }

  private long randomTime() {
    long from = scenario.workload().from().toNanos();
    return from + random.nextLong(Math.max(1, scenario.workload().until().toNanos() - from));
  }

  private void lookup() {
    Bytes key = Keys.random(random);
    start(Kind.LOOKUP, key, new Operation.FindClosest(key), null);
  }

  private void put(Bytes key) {
    start(Kind.PUT, key, putting(key), null);
  }

  private void get(Bytes key) {
    int quorum = scenario.workload().quorum();
    start(Kind.GET, key, new Operation.GetValue(key, quorum), null);
  }

  private void provide(Bytes key) {
    start(Kind.PROVIDE, key, providing(key), null);
  }

  private Operation<?> putting(Bytes key) {
    return scenario.workload().standing()
        ? new Operation.Publish(key, values.of(key))
        : new Operation.PutValue(key, values.of(key));
  }

  private Operation<?> providing(Bytes key) {
    return scenario.workload().standing()
        ? new Operation.StartProviding(List.of(key))
        : new Operation.Provide(key);
  }

  private void find(Bytes key, SimNode provider) {
    int count = scenario.workload().providers();
    start(Kind.FIND, key, new Operation.FindProviders(key, count), provider);
  }

  private void start(Kind kind, Bytes key, Operation<?> operation, @Nullable SimNode provider) {
    SimNode asker = population.asker(provider, random);
    if (asker != null) { // Else nobody is left to ask.
      start(new Running(kind, asker, key, provider, false, timeline.nanos()), operation);
    }
  }

  private void start(Running one, Operation<?> operation) {
    // Others start operations too, and one may be over before its start returns.
    while (running.size() < network.nextOperationId()) {
      running.add(null);
    }
    running.add(one);
    open++;
    network.start(one.asker, operation, scenario.workload().limit());
  }

  /// What was stored once is looked for, and stored again by the same node from time to time.
  private void stored(Running one) {
    if (one.again) {
      return;
    }
    if (one.kind == Kind.PUT && values.renew(one.key)) {
      later(pause(), () -> again(one, false));
      return;
    }
    later(pause(), () -> search(one));
    long from = timeline.nanos() + pause();
    long until = scenario.workload().until().toNanos();
    for (int i = 1; i < scenario.workload().searches() && from < until; i++) {
      later(random.nextLong(from, until) - timeline.nanos(), () -> search(one));
    }
    long every = scenario.workload().repeat().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    for (long wait = every; wait < until - timeline.nanos(); wait += every) {
      timeline.at(timeline.nanos() + wait, () -> again(one, true));
    }
  }

  private void search(Running one) {
    if (one.kind == Kind.PUT) {
      get(one.key);
    } else {
      find(one.key, one.asker);
    }
  }

  /// Stores once more, unless the node is away.
  ///
  /// @param repeated whether it is what was stored before, so that nothing follows
  private void again(Running one, boolean repeated) {
    if (one.asker.isUp()) {
      Operation<?> operation = one.kind == Kind.PUT ? putting(one.key) : providing(one.key);
      start(new Running(one.kind, one.asker, one.key, null, repeated, timeline.nanos()), operation);
    }
  }

  private long pause() {
    return scenario.workload().pause().toNanos();
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
        stored(one);
      }
      case Outcome.Provided provided -> {
        int copies = provided.copies();
        end(one, outcome, copies > 0, share(copies), provided.perPeer().size());
        stored(one);
      }
      case Outcome.ProvidingStarted started -> {
        end(one, outcome, started.added() > 0, 0, 0);
        stored(one);
      }
      case Outcome.Value value -> {
        Bytes expected = values.of(one.key);
        boolean found = value.best().isPresent() && value.best().get().value().equals(expected);
        end(one, outcome, found, found ? 1 : 0, 0);
      }
      case Outcome.Providers providers -> {
        boolean found = one.provider != null && names(providers.providers(), one.provider);
        end(one, outcome, found, found ? 1 : 0, 0);
      }
      case Outcome.PeerFound _,
          Outcome.ProvidingStopped _,
          Outcome.Unpublished _,
          Outcome.Settled _,
          Outcome.Bootstrapped _,
          Outcome.Refreshed _ -> {}
    }
  }

  private void later(long wait, Runnable action) {
    planned++;
    timeline.at(
        timeline.nanos() + wait,
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
