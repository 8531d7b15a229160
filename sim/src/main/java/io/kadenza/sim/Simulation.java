package io.kadenza.sim;

import io.kadenza.sim.check.AcknowledgedRecords;
import io.kadenza.sim.check.AlphaBound;
import io.kadenza.sim.check.Checker;
import io.kadenza.sim.check.NothingExpired;
import io.kadenza.sim.check.NothingLeftOpen;
import io.kadenza.sim.check.TableBounds;
import io.kadenza.sim.check.TablesAgree;
import io.kadenza.sim.check.Violation;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.Seeds;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.report.Cost;
import io.kadenza.sim.report.OperationReport;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Faults;
import io.kadenza.sim.scenario.Scenario;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One run of a scenario. Confined to the thread that calls [#run].
public final class Simulation {
  private static final int SAMPLES = 60;

  private static final int EVENTS_BETWEEN_PROGRESS = 1 << 16;
  private static final double NANOS = 1e9;
  private static final double SECONDS_PER_HOUR = 3_600;

  private final Scenario scenario;
  private final Progress progress;
  private final Network network;
  private final Population population;
  private final Traffic traffic;
  private final List<Checker> checkers = new ArrayList<>();
  private final Sampler sampler;
  private long checks;

  private Simulation(Scenario scenario, List<Checker> extraCheckers, Progress progress) {
    this.scenario = scenario;
    this.progress = progress;
    var seeds = new Seeds(scenario.seed());
    var keys = Keys.of(scenario.workload(), seeds.of("keys"));
    network = new Network(seeds, scenario.conditions(), scenario.nodes() + scenario.clients());
    population = new Population(scenario, network, keys.targets());
    traffic = new Traffic(scenario, network, population, keys);
    network.observe(traffic);
    var copies = new Copies(network);
    network.observe(copies);
    sampler = new Sampler(network, population, copies);
    if (scenario.checks().every().isPresent()) {
      checkers.add(AlphaBound.of(scenario.engine().lookup()));
      checkers.add(new TableBounds(scenario.engine().k()));
      checkers.add(new NothingExpired(network));
      checkers.add(new AcknowledgedRecords(network));
      checkers.add(new NothingLeftOpen(network));
    }
    scenario.checks().agreeWithin().ifPresent(this::expectTablesToAgree);
    checkers.addAll(extraCheckers);
    checkers.forEach(network::observe);
  }

  /// Runs a scenario to its end.
  public static SimulationReport run(Scenario scenario) {
    return run(scenario, scenario.name(), List.of(), Progress.NONE);
  }

  /// Runs a scenario to its end; throws [Violation] if a checker objects.
  ///
  /// @param origin the file that the scenario comes from, for the command that replays it
  /// @param extraCheckers besides those that a scenario with checks has
  public static SimulationReport run(
      Scenario scenario, String origin, List<Checker> extraCheckers, Progress progress) {
    return run(scenario, origin, extraCheckers, progress, false);
  }

  /// The same.
  ///
  /// @param weigh whether to measure how much heap a node takes, which needs a garbage collection
  public static SimulationReport run(
      Scenario scenario,
      String origin,
      List<Checker> extraCheckers,
      Progress progress,
      boolean weigh) {
    long wall = System.nanoTime();
    long cpu = cpu();
    var simulation = new Simulation(scenario, extraCheckers, progress);
    try {
      simulation.begin();
      long setup = cpu() - cpu;
      long heap = weigh ? HeapNeed.live() / simulation.network.nodes().size() : 0;
      long ready = cpu();
      simulation.proceed();
      return simulation.report(
          setup / NANOS, (cpu() - ready) / NANOS, (System.nanoTime() - wall) / NANOS, heap);
    } catch (Violation violation) {
      throw violation.at(simulation.time()).replayedBy(origin, scenario.seed());
    } catch (Progress.Enough enough) {
      throw enough;
    } catch (RuntimeException bug) {
      throw new Violation(bug).at(simulation.time()).replayedBy(origin, scenario.seed());
    }
  }

  private void expectTablesToAgree(Duration within) {
    var cuts = new ArrayList<TablesAgree.Cut>();
    for (Faults.Partition partition : scenario.faults().partitions()) {
      cuts.add(new TablesAgree.Cut(partition.at(), partition.end()));
    }
    checkers.add(new TablesAgree(cuts, within));
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private Duration time() {
    return Duration.ofNanos(network.timeline().nanos());
  }

  private void begin() {
    var coming = new Coming(scenario, network, population);
    switch (scenario.beginning()) {
      case CONVERGED -> population.converge();
      case BOOTSTRAP -> coming.joinAll();
    }
    network.timeline().runUntil(0);
    coming.schedule();
    new FaultInjection(scenario.faults(), network, population).schedule();
    traffic.schedule();
  }

  private void proceed() {
    long end = scenario.duration().toNanos();
    long every = scenario.checks().every().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    long nextCheck = every;
    long sampleStep = Math.max(1, end / SAMPLES);
    long nextSample = 0;
    while (network.timeline().nanos() < end) {
      long stop = Math.min(end, Math.min(nextCheck, nextSample));
      runUntil(stop, end);
      if (stop == nextSample) {
        sampler.sample();
        nextSample += sampleStep;
      }
      if (stop == nextCheck) {
        check();
        nextCheck += every;
      }
    }
    finish(end);
  }

  private void runUntil(long stop, long end) {
    boolean more = true;
    while (more) {
      int left = EVENTS_BETWEEN_PROGRESS;
      while (more && left > 0) {
        more = network.timeline().step(stop);
        left--;
      }
      progress.at(
          Duration.ofNanos(network.timeline().nanos()), Duration.ofNanos(end), network.messages());
    }
    network.timeline().runUntil(stop);
  }

  /// Lets the operations that are under way come to their end.
  private void finish(long end) {
    Duration slack = scenario.workload().limit().plus(scenario.workload().pause());
    long last = end + 2 * slack.toNanos();
    while (traffic.isOpen() && network.timeline().nanos() < last) {
      runUntil(network.timeline().nanos() + Duration.ofSeconds(1).toNanos(), last);
    }
    if (!checkers.isEmpty()) {
      check();
    }
    judge();
  }

  /// Whether enough operations have succeeded.
  private void judge() {
    scenario
        .checks()
        .success()
        .forEach((kind, least) -> {
          OperationReport report = traffic.report(kind);
          if (report.count() == 0 && least > 0) {
            throw new Violation(
                "nothing asked", "there was no operation '" + kind.spelling() + "'");
          }
          if (report.success() < least) {
            throw new Violation("success", tooFew(report, least));
          }
        });
  }

  private static String tooFew(OperationReport report, double least) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of %d operations '%s' have succeeded; %.1f %% are expected",
        100 * report.success(),
        report.count(),
        report.kind().spelling(),
        100 * least);
  }

  private void check() {
    checks++;
    for (Checker checker : checkers) {
      checker.inspect(network);
    }
  }

  private SimulationReport report(double setup, double run, double wall, long heap) {
    var load = new LongList();
    var sent = new LongList();
    for (SimNode server : population.servers()) {
      load.add(server.received());
      sent.add(server.bytesSent());
    }
    double nodeHours =
        network.timeline().nanos() / NANOS / SECONDS_PER_HOUR * network.nodes().size();
    var cost = new Cost(setup, run, wall, nodeHours / run, network.messages() / run, heap);
    return new SimulationReport(
        scenario,
        network.trace().toString(),
        network.timeline().nanos(),
        network.nodes().size(),
        network.messages(),
        network.requests(),
        network.dials(),
        network.bytes(),
        load.distribution(),
        sent.distribution(),
        traffic.reports(),
        sampler.samples(),
        checks,
        cost);
  }
}
