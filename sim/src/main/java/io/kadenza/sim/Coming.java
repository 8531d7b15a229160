package io.kadenza.sim;

import io.kadenza.kad.engine.Operation;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.net.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Nodes that come and go: the first joining, churn, and many leaving at once. Owned by a
/// [Simulation].
final class Coming {
  private static final int SEEDS = 3;
  private static final Duration JOIN_LIMIT = Duration.ofMinutes(2);
  private static final double LN_2 = StrictMath.log(2);

  private final Scenario scenario;
  private final Network network;
  private final Timeline timeline;
  private final Population population;
  private final SplittableRandom random;

  Coming(Scenario scenario, Network network, Population population) {
    this.scenario = scenario;
    this.network = network;
    this.timeline = network.timeline();
    this.population = population;
    this.random = network.seeds().of("coming");
  }

  /// Has all nodes join one after another, in the first tenth of the time.
  void joinAll() {
    List<SimNode> nodes = network.nodes();
    long step = scenario.duration().toNanos() / 10 / nodes.size();
    for (int i = 1; i < nodes.size(); i++) {
      int count = i;
      timeline.at(step * i, () -> join(nodes.get(count), nodes.subList(0, count)));
    }
  }

  private void join(SimNode node, List<SimNode> known) {
    if (!node.isUp()) {
      return; // It joins when it comes back.
    }
    var seeds = new ArrayList<PeerInfo>(SEEDS);
    for (int tries = 0; seeds.size() < SEEDS && tries < 100 * SEEDS; tries++) {
      SimNode seed = known.get(random.nextInt(known.size()));
      if (seed != node && seed.isUp() && seed.isServer() && !seeds.contains(seed.info())) {
        seeds.add(seed.info());
      }
    }
    network.start(node, new Operation.Bootstrap(seeds), JOIN_LIMIT);
  }

  /// Schedules churn and the mass leave.
  void schedule() {
    scenario
        .churn()
        .ifPresent(churn -> {
          for (SimNode server : population.servers()) {
            if (server.isUp()) {
              // In the middle of a session, wherever in it.
              long rest = (long) (draw(churn.session(), churn.shape()) * random.nextDouble());
              timeline.at(rest, () -> goAndComeBack(server, churn));
            }
          }
        });
    scenario
        .leave()
        .ifPresent(leave -> timeline.at(leave.at().toNanos(), () -> leave(leave.share())));
  }

  private void goAndComeBack(SimNode node, Scenario.Churn churn) {
    if (!node.isUp()) {
      return;
    }
    network.stop(node);
    timeline.at(
        timeline.nanos() + draw(churn.absence(), churn.shape()),
        () -> {
          network.restart(node);
          join(node, population.servers());
          timeline.at(
              timeline.nanos() + draw(churn.session(), churn.shape()),
              () -> goAndComeBack(node, churn));
        });
  }

  private void leave(double share) {
    List<SimNode> honest = population.honest();
    Population.sample(honest, (int) Math.round(share * honest.size()), random)
        .forEach(network::stop);
  }

  /// A length with this median.
  private long draw(Duration median, double shape) {
    double exponential = -StrictMath.log(1 - random.nextDouble()) / LN_2;
    return (long) (median.toNanos() * StrictMath.pow(exponential, 1 / shape));
  }
}
