package io.kadenza.bench.network;

import io.kadenza.bench.Accounts;
import io.kadenza.bench.Contender;
import io.kadenza.bench.Metric;
import io.kadenza.bench.Programs;
import io.kadenza.bench.RaceException;
import io.kadenza.bench.Report;
import io.kadenza.bench.Result;
import io.kadenza.bench.Spread;
import io.kadenza.bench.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Races our sweep against go's: the same contents in the same network, each turn in a process that
/// was started for it, in the order A, B, B, A. System properties as for [io.kadenza.bench.Race].
public final class ProvideRace {
  /// By whom a client joins.
  private static final int SEEDS = 3;

  private final ProvideOptions options;
  private final List<Contender> contenders;
  private final Path log;
  private final Swarm swarm;

  private ProvideRace(ProvideOptions options, List<Contender> contenders, Path log, Swarm swarm) {
    this.options = options;
    this.contenders = contenders;
    this.log = log;
    this.swarm = swarm;
  }

  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.print(ProvideOptions.USAGE);
      return;
    }
    ProvideOptions options;
    try {
      options = ProvideOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.err.print(ProvideOptions.USAGE);
      System.exit(2);
      return;
    }
    Path log = Programs.root().resolve("bench/target/network.log");
    Files.deleteIfExists(log);
    try {
      System.exit(run(options, log) ? 0 : 1);
    } catch (RaceException e) {
      System.err.println("bench: " + e.getMessage() + " (the programs' log is " + log + ")");
      System.exit(1);
    }
  }

  /// @return whether it is valid
  private static boolean run(ProvideOptions options, Path log) throws IOException {
    Programs programs = Programs.here();
    List<Contender> contenders = Cast.clients(programs);
    var report = new Report(contenders, NetworkProse.setting(options, programs.pinned()));
    progress("starting " + options.servers() + " servers");
    try (var swarm = Swarm.start(List.of(Cast.sinks(programs, options)), log)) {
      report.add(new ProvideRace(options, contenders, log, swarm).run());
    }
    report.write(System.out, options.json(), options.markdown());
    return report.isValid();
  }

  private Result run() {
    var errand = new SweepErrand(swarm, options);
    progress(errand.name());
    var turns = new ArrayList<Turn>();
    for (int round = 0; round < options.repeats(); round++) {
      for (int i = 0; i < Turn.ORDER.size(); i++) {
        turns.add(turn(errand, round, i));
      }
    }
    return new Result(errand.name(), errand.metrics(), List.of(), turns);
  }

  private Turn turn(SweepErrand errand, int round, int position) {
    Contender contender = contenders.get(Turn.ORDER.get(position));
    try (var crowd = Crowd.start(contender, log)) {
      crowd.join(1, swarm.addresses(SEEDS));
      var programs = new ArrayList<>(swarm.processes());
      programs.add(crowd.process());
      var accounts = new Accounts(programs);
      Map<Metric, Double> readings = errand.run(crowd);
      double other = accounts.otherLoad();
      progress("  round %d of %s:".formatted(round + 1, contender.name()));
      readings.forEach(
          (metric, value) -> progress("    %s: %s".formatted(metric.name(), Spread.number(value))));
      progress("    other load: " + Spread.number(other));
      return Turn.of(round, position, readings, other);
    }
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
