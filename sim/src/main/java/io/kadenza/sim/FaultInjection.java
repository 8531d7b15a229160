package io.kadenza.sim;

import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.net.Timeline;
import io.kadenza.sim.net.WallClock;
import io.kadenza.sim.scenario.Faults;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// Brings a scenario's [Faults] about at their time. Owned by a [Simulation].
final class FaultInjection {
  private static final WallClock RIGHT = new WallClock(Duration.ZERO, 0);

  private final Faults faults;
  private final Network network;
  private final Timeline timeline;
  private final Population population;
  private final SplittableRandom random;

  FaultInjection(Faults faults, Network network, Population population) {
    this.faults = faults;
    this.network = network;
    this.timeline = network.timeline();
    this.population = population;
    this.random = network.seeds().of("faults");
  }

  /// Does at once what is wrong from the beginning, and schedules the rest.
  void schedule() {
    faults.slow().ifPresent(this::slowDown);
    faults.lossy().ifPresent(this::lose);
    faults.clocks().ifPresent(this::skew);
    for (Faults.ClockJump jump : faults.jumps()) {
      timeline.at(jump.at().toNanos(), () -> set(jump));
    }
    for (Faults.Partition partition : faults.partitions()) {
      timeline.at(partition.at().toNanos(), () -> network.cut(cutOff(partition)));
      timeline.at(partition.end().toNanos(), network::heal);
    }
  }

  private List<SimNode> some(List<SimNode> of, double share) {
    return Population.sample(of, (int) Math.round(share * of.size()), random);
  }

  private void slowDown(Faults.Slow slow) {
    long delay = slow.delay().toNanos();
    some(population.servers(), slow.share()).forEach(node -> node.slowDown(delay));
  }

  private void lose(Faults.Lossy lossy) {
    some(network.nodes(), lossy.share())
        .forEach(node -> network.lose(node, lossy.out(), lossy.in()));
  }

  private void skew(Faults.Clocks clocks) {
    long most = clocks.offset().toNanos();
    int drift = clocks.driftPerMillion();
    for (SimNode node : some(network.nodes(), clocks.share())) {
      Duration ahead = Duration.ofNanos(random.nextLong(-most, most + 1));
      network.setClock(node, new WallClock(ahead, random.nextInt(-drift, drift + 1)));
    }
  }

  private void set(Faults.ClockJump jump) {
    for (SimNode node : some(network.nodes(), jump.share())) {
      WallClock clock = node.clock();
      network.setClock(node, (clock == null ? RIGHT : clock).setForward(jump.by()));
    }
  }

  private List<SimNode> cutOff(Faults.Partition partition) {
    if (partition.regions().isEmpty()) {
      return some(network.nodes(), partition.share());
    }
    return network.nodes().stream()
        .filter(node -> partition.regions().contains(node.region()))
        .toList();
  }
}
