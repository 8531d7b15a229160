package io.kadenza.sim;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.attack.AllOf;
import io.kadenza.sim.attack.Gang;
import io.kadenza.sim.attack.Lies;
import io.kadenza.sim.net.Census;
import io.kadenza.sim.net.Conduct;
import io.kadenza.sim.net.Convergence;
import io.kadenza.sim.net.Identities;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.Seeds;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Who lives in a scenario's network: honest servers, liars among them, liars ground next to keys,
/// and clients. Owned by a [Simulation].
final class Population {
  /// More than any implementation asks for.
  private static final int INVENTED_PROVIDERS = 100;

  private static final int MAX_DRAWS = 100;

  private final Scenario scenario;
  private final Network network;
  private final List<SimNode> servers = new ArrayList<>();
  private final List<SimNode> clients = new ArrayList<>();
  private final Gang gang;
  private final Identities newcomers;
  private final Eclipse eclipse;
  private Census census;

  /// Whether somebody has come in since the census was taken.
  private boolean isOutdated;

  Population(Scenario scenario, Network network, List<KadKey> targets) {
    this.scenario = scenario;
    this.network = network;
    Seeds seeds = network.seeds();
    var identities = new Identities(seeds.of("identities"));
    for (int i = 0; i < scenario.nodes(); i++) {
      servers.add(network.add(identities.next(), scenario.engine()));
    }
    for (int i = 0; i < scenario.clients(); i++) {
      clients.add(network.add(identities.next(), scenario.engine().withMode(Mode.CLIENT)));
    }
    var inventions = new ArrayList<PeerInfo>();
    for (int i = 0; i < INVENTED_PROVIDERS; i++) {
      inventions.add(identities.next());
    }
    gang = new Gang(inventions);
    newcomers = new Identities(seeds.of("newcomers"));
    census = new Census(servers);
    corrupt(seeds.of("byzantine"));
    int networks = scenario.attack().networks();
    grind(targets, new Identities(seeds.of("sybils")).within(networks));
    eclipse = new Eclipse(network, crowd(new Identities(seeds.of("eclipse")).within(networks)));
    network.observe(eclipse);
  }

  /// Turns some servers into liars.
  private void corrupt(SplittableRandom random) {
    List<SimNode> liars =
        sample(servers, (int) Math.round(scenario.attack().byzantine() * servers.size()), random);
    Conduct conduct =
        new AllOf(scenario.attack().lies().stream().map(lie -> lie.conduct(gang)).toList());
    liars.forEach(liar -> liar.conduct(conduct));
    gang.join(liars);
  }

  /// Adds liars closer to each target than any honest node.
  private void grind(List<KadKey> targets, Identities identities) {
    if (scenario.attack().sybilsPerKey() == 0) {
      return;
    }
    Conduct conduct = new AllOf(List.of(Lies.HIJACK.conduct(gang), Lies.WITHHOLD.conduct(gang)));
    var sybils = new ArrayList<SimNode>();
    for (KadKey target : targets) {
      KadKey closest = census.closest(target, 1, SimNode::isHonest).getFirst().key();
      for (int i = 0; i < scenario.attack().sybilsPerKey(); i++) {
        PeerInfo info = identities.ground(key -> target.compareDistance(key, closest) < 0);
        SimNode sybil = network.add(info, scenario.engine());
        sybil.conduct(conduct);
        sybils.add(sybil);
      }
    }
    gang.join(sybils);
    servers.addAll(sybils);
    census = new Census(servers);
  }

  /// Adds liars that want nothing but to be known.
  private List<SimNode> crowd(Identities identities) {
    var crowd = new ArrayList<SimNode>();
    Conduct conduct = new AllOf(List.of(Lies.HIJACK.conduct(gang), Lies.WITHHOLD.conduct(gang)));
    KadConfig idle = scenario.engine().withRefreshInterval(ScenarioFile.NEVER);
    for (int i = 0; i < scenario.attack().eclipse(); i++) {
      SimNode liar = network.add(identities.next(), idle);
      liar.conduct(conduct);
      crowd.add(liar);
    }
    gang.join(crowd);
    return crowd;
  }

  /// All who are to join, in the order in which they do: everybody but the crowd.
  List<SimNode> joiners() {
    List<SimNode> nodes = network.nodes();
    return List.copyOf(nodes.subList(0, nodes.size() - scenario.attack().eclipse()));
  }

  /// Lets the crowd surround everybody, before anybody has joined.
  void surround() {
    joiners().stream().filter(SimNode::isHonest).forEach(eclipse::surround);
  }

  /// Fills the tables of all nodes that have a use for one, and then turns the dead off.
  void converge() {
    var convergence = new Convergence(census, network.timeline().now());
    for (SimNode node : network.nodes()) {
      convergence.fill(node, network.seeds().of("table", node.index()));
    }
    int dead = (int) Math.round(scenario.dead() * scenario.nodes());
    sample(honest(), dead, network.seeds().of("dead")).forEach(network::stop);
  }

  /// That many of some nodes, in random order.
  static List<SimNode> sample(List<SimNode> from, int count, SplittableRandom random) {
    var all = new ArrayList<>(from);
    var chosen = new ArrayList<SimNode>(count);
    for (int i = 0; i < Math.min(count, from.size()); i++) {
      int other = i + random.nextInt(all.size() - i);
      SimNode one = all.get(other);
      all.set(other, all.get(i));
      all.set(i, one);
      chosen.add(one);
    }
    return chosen;
  }

  /// Servers that are up and do not lie.
  List<SimNode> honest() {
    var honest = new ArrayList<SimNode>(servers.size());
    for (SimNode server : servers) {
      if (server.isUp() && server.isHonest()) {
        honest.add(server);
      }
    }
    return honest;
  }

  List<SimNode> servers() {
    return servers;
  }

  /// Adds an honest server that knows nobody.
  SimNode newcomer() {
    SimNode node = network.add(newcomers.next(), scenario.engine());
    eclipse.surround(node);
    servers.add(node);
    isOutdated = true;
    return node;
  }

  /// Where the servers live, those that are off included.
  Census census() {
    if (isOutdated) {
      census = new Census(servers);
      isOutdated = false;
    }
    return census;
  }

  /// A random honest node that is up, clients included; null if there is none but `without`.
  @Nullable SimNode asker(@Nullable SimNode without, SplittableRandom random) {
    int count = servers.size() + clients.size();
    for (int tries = 0; tries < MAX_DRAWS; tries++) {
      SimNode node = member(random.nextInt(count));
      if (canAsk(node) && node != without) {
        return node;
      }
    }
    // Hardly anybody is up: look at all.
    var able = new ArrayList<SimNode>();
    for (int i = 0; i < count; i++) {
      if (canAsk(member(i)) && member(i) != without) {
        able.add(member(i));
      }
    }
    return able.isEmpty() ? null : able.get(random.nextInt(able.size()));
  }

  private SimNode member(int index) {
    return index < servers.size() ? servers.get(index) : clients.get(index - servers.size());
  }

  private static boolean canAsk(SimNode node) {
    return node.isUp() && node.isHonest();
  }
}
