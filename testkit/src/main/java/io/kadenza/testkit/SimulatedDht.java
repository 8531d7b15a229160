package io.kadenza.testkit;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.record.Validators;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Census;
import io.kadenza.sim.net.Conditions;
import io.kadenza.sim.net.Convergence;
import io.kadenza.sim.net.Identities;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.NetworkObserver;
import io.kadenza.sim.net.Seeds;
import io.kadenza.sim.net.SimNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// A network of DHT servers that know each other, on a virtual clock: the code that real nodes run,
/// with delays as on the internet, and no sockets.
///
/// Nodes have numbers from 0 on. An operation returns when it is over, and the virtual clock has
/// moved on by what it took; nothing else moves it but [#advance]. The same seed and the same calls
/// give the same results. Confined to the thread that made it.
public final class SimulatedDht {
  private static final int MAX_NODES = 10_000;

  /// What an operation may take, as in most applications.
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final int SEEDS = 3;

  private final long seed;
  private final Network network;
  private final SplittableRandom random;
  private final Map<Long, Outcome> outcomes = new HashMap<>();

  private SimulatedDht(KadConfig config, int nodes, long seed) {
    if (nodes < 2 || nodes > MAX_NODES) {
      throw new IllegalArgumentException(
          "a simulated network has 2 to " + MAX_NODES + " nodes, not " + nodes);
    }
    this.seed = seed;
    var seeds = new Seeds(seed);
    this.random = seeds.of("test");
    network = new Network(seeds, Conditions.DEFAULT, nodes);
    var identities = new Identities(seeds.of("identities"));
    for (int i = 0; i < nodes; i++) {
      network.add(identities.next(), config);
    }
    var convergence = new Convergence(new Census(network.nodes()), network.timeline().now());
    for (SimNode node : network.nodes()) {
      convergence.fill(node, seeds.of("table", node.index()));
    }
    network.timeline().runUntil(0);
    network.observe(
        new NetworkObserver() {
          @Override
          public void done(SimNode node, long operationId, Outcome outcome) {
            outcomes.put(operationId, outcome);
          }
        });
  }

  /// A network that takes values under any key.
  ///
  /// @param nodes 2 to 10,000
  public static SimulatedDht start(int nodes, long seed) {
    return start(KadConfig.DEFAULT.withValidators(Validators.open()), nodes, seed);
  }

  /// A network of nodes with settings of your own, such as your own validators.
  public static SimulatedDht start(KadConfig config, int nodes, long seed) {
    return new SimulatedDht(config.withTraces(false), nodes, seed);
  }

  /// Has a node store a value at the peers closest to its key.
  public Outcome.Stored put(int node, Bytes key, Bytes value) {
    return run(node, new Operation.PutValue(key, value));
  }

  /// Has a node look for the best value under a key.
  public Outcome.Value get(int node, Bytes key) {
    return run(node, new Operation.GetValue(key, 0));
  }

  /// Has a node tell the network that it provides what a key names.
  public Outcome.Provided provide(int node, Bytes key) {
    return run(node, new Operation.Provide(key));
  }

  /// Has a node look for everybody who provides what a key names.
  public Outcome.Providers findProviders(int node, Bytes key) {
    return run(node, new Operation.FindProviders(key, 0));
  }

  /// Has a node look for the peers closest to a key.
  public Outcome.Closest closest(int node, Bytes key) {
    return run(node, new Operation.FindClosest(key));
  }

  /// Has a node do anything else that there is, and lets time pass until it is over.
  public <O extends Outcome> O run(int node, Operation<O> operation) {
    long id = network.start(up(node), operation, LIMIT);
    while (!outcomes.containsKey(id)) {
      if (!network.timeline().step(Long.MAX_VALUE)) {
        throw new IllegalStateException("nothing is left to happen, and no end of " + operation);
      }
    }
    return operation.ended(Objects.requireNonNull(outcomes.remove(id)));
  }

  /// Lets virtual time pass: tables are looked after, records expire.
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + time);
    }
    network.timeline().runUntil(network.timeline().nanos() + time.toNanos());
  }

  /// How much virtual time has passed.
  public Duration elapsed() {
    return Duration.ofNanos(network.timeline().nanos());
  }

  /// Turns a node off, without a word to the others. No harm if it is off.
  public void stop(int node) {
    if (node(node).isUp()) {
      network.stop(node(node));
    }
  }

  /// Turns a node on again: under its old id, with nothing in its memory, it joins by way of some
  /// that are up. No harm if it is on.
  public void restart(int node) {
    if (node(node).isUp()) {
      return;
    }
    List<PeerInfo> seeds = some();
    network.restart(node(node));
    run(node, new Operation.Bootstrap(seeds));
  }

  private List<PeerInfo> some() {
    var up = new ArrayList<>(network.nodes().stream().filter(SimNode::isUp).toList());
    var chosen = new ArrayList<PeerInfo>();
    while (chosen.size() < SEEDS && !up.isEmpty()) {
      chosen.add(up.remove(random.nextInt(up.size())).info());
    }
    return chosen;
  }

  /// Cuts some nodes off from all others until [#heal]; replaces an earlier cut.
  public void cut(List<Integer> nodes) {
    network.cut(nodes.stream().map(this::node).toList());
  }

  /// Joins what [#cut] has parted.
  public void heal() {
    network.heal();
  }

  /// How many nodes there are, those that are off included.
  public int size() {
    return network.nodes().size();
  }

  /// Who a node is.
  public PeerInfo peer(int node) {
    return node(node).info();
  }

  /// The truth about a value: the numbers of the nodes that are up and hold it now.
  public List<Integer> holders(Bytes key) {
    var holders = new ArrayList<Integer>();
    for (SimNode node : network.nodes()) {
      if (node.isUp() && node.records().get(key, network.now(node).wall()).isPresent()) {
        holders.add(node.index());
      }
    }
    return holders;
  }

  public long seed() {
    return seed;
  }

  private SimNode node(int number) {
    return network.nodes().get(Objects.checkIndex(number, size()));
  }

  private SimNode up(int number) {
    SimNode node = node(number);
    if (!node.isUp()) {
      throw new IllegalStateException("node " + number + " is off");
    }
    return node;
  }

  @Override
  public String toString() {
    return "simulated network of " + size() + " nodes, seed " + seed + ", after " + elapsed();
  }
}
