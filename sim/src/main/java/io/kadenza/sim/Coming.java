package io.kadenza.sim;

import io.kadenza.kad.engine.Operation;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.net.Timeline;
import io.kadenza.sim.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Nodes that come and go: the first joining, churn, and many that leave or join at once. Owned by
/// a [Simulation].
final class Coming {
  private static final int SEEDS = 3;
  private static final Duration JOIN_LIMIT = Duration.ofMinutes(2);
  private static final double LN_2 = StrictMath.log(2);
  private static final double NANOS_PER_HOUR = 3.6e12;
  private static final int HOURS_PER_DAY = 24;
  private static final int BUSIEST_HOUR = 20;

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
    List<SimNode> nodes = population.joiners();
    population.surround();
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

  /// Schedules churn, and who leaves and joins in masses.
  void schedule() {
    if (scenario.churn().isPresent()) {
      for (SimNode server : population.servers()) {
        if (server.isUp()) {
          // In the middle of a session, wherever in it.
          stayFor((long) (session(server) * random.nextDouble()), server);
        }
      }
    }
    for (Scenario.MassLeave leave : scenario.leaves()) {
      timeline.at(leave.at().toNanos(), () -> leave(leave));
    }
    for (Scenario.MassJoin join : scenario.joins()) {
      for (int i = 0; i < join.nodes(); i++) {
        long wait = random.nextLong(join.within().toNanos() + 1);
        timeline.at(join.at().toNanos() + wait, this::comeIn);
      }
    }
  }

  private void comeIn() {
    SimNode node = population.newcomer();
    join(node, population.servers());
    churnOn(node);
  }

  private void leave(Scenario.MassLeave leave) {
    List<SimNode> honest = population.honest();
    int count = (int) Math.round(leave.share() * honest.size());
    for (SimNode node : Population.sample(honest, count, random)) {
      network.stop(node);
      leave.absence().ifPresent(absence -> comeBackAfter(absence.toNanos(), node));
    }
  }

  private void churnOn(SimNode node) {
    if (scenario.churn().isPresent()) {
      stayFor(session(node), node);
    }
  }

  private void stayFor(long nanos, SimNode node) {
    int life = node.life();
    timeline.at(
        timeline.nanos() + nanos,
        () -> {
          if (node.life() == life) { // Else it has left in another way.
            network.stop(node);
            comeBackAfter(absence(node), node);
          }
        });
  }

  private void comeBackAfter(long nanos, SimNode node) {
    timeline.at(
        timeline.nanos() + nanos,
        () -> {
          network.restart(node);
          join(node, population.servers());
          churnOn(node);
        });
  }

  private long session(SimNode node) {
    return scenario.churn().map(churn -> draw(churn.session(), churn, daytime(node))).orElse(0L);
  }

  private long absence(SimNode node) {
    return scenario.churn().map(churn -> draw(churn.absence(), churn, -daytime(node))).orElse(0L);
  }

  /// 1 at the time of day at which most are up where a node lives, -1 twelve hours later.
  private double daytime(SimNode node) {
    double hour = timeline.nanos() / NANOS_PER_HOUR + node.region().hoursAhead();
    return StrictMath.cos((hour - BUSIEST_HOUR) * 2 * Math.PI / HOURS_PER_DAY);
  }

  /// A length with this median, more or less of it by the time of day.
  private long draw(Duration median, Scenario.Churn churn, double daytime) {
    double exponential = -StrictMath.log(1 - random.nextDouble()) / LN_2;
    double length = StrictMath.pow(exponential, 1 / churn.shape());
    return (long) (median.toNanos() * length * (1 + churn.diurnal() * daytime));
  }
}
