package io.kadenza.bench.network;

import io.kadenza.bench.Accounts;
import io.kadenza.bench.Contender;
import io.kadenza.bench.Metric;
import io.kadenza.bench.Programs;
import io.kadenza.bench.RaceCommand;
import io.kadenza.bench.Report;
import io.kadenza.bench.Result;
import io.kadenza.bench.Spread;
import io.kadenza.bench.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Races our sweep against go's: the same contents in the same network, each turn in a process that
/// was started for it and sweeps twice, in the order A, B, B, A. System properties as for
/// [io.kadenza.bench.Race].
public final class ProvideRace {
  /// The first sweep makes connections and has the JVM compile; the second is what a node does that
  /// has been running for some time.
  private static final List<String> SWEEPS =
      List.of("%,d contents, by a client just started", "%,d more, by the same client");

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

  public static void main(String[] args) throws IOException, InterruptedException {
    RaceCommand.run(
        ProvideOptions.USAGE, ProvideOptions::parse, "network.log", ProvideRace::run, args);
  }

  /// @return whether it is valid
  private static boolean run(ProvideOptions options, Path log) throws IOException {
    Programs programs = Programs.here();
    List<Contender> contenders = Cast.clients(programs, options.java());
    var report = new Report(contenders, NetworkProse.setting(options, programs.pinned()));
    progress("starting " + options.servers() + " servers");
    try (var swarm = Swarm.start(List.of(Cast.sinks(programs, options)), log)) {
      new ProvideRace(options, contenders, log, swarm).run().forEach(report::add);
    }
    report.write(System.out, options.json(), options.markdown());
    return report.isValid();
  }

  private List<Result> run() {
    var errand = new SweepErrand(swarm, options);
    List<List<Turn>> turns = SWEEPS.stream().map(_ -> (List<Turn>) new ArrayList<Turn>()).toList();
    for (int round = 0; round < options.repeats(); round++) {
      for (int i = 0; i < Turn.ORDER.size(); i++) {
        turn(errand, round, i, turns);
      }
    }
    var results = new ArrayList<Result>();
    for (int i = 0; i < SWEEPS.size(); i++) {
      results.add(new Result(title(i), SweepErrand.METRICS, List.of(), turns.get(i)));
    }
    return results;
  }

  private String title(int sweep) {
    return SWEEPS.get(sweep).formatted(options.contents());
  }

  /// @param turns of each sweep, to be added to
  private void turn(SweepErrand errand, int round, int position, List<List<Turn>> turns) {
    Contender contender = contenders.get(Turn.ORDER.get(position));
    try (var crowd = Crowd.start(contender, log)) {
      crowd.join(1, swarm.addresses(SEEDS));
      var programs = new ArrayList<>(swarm.processes());
      programs.add(crowd.process());
      for (int i = 0; i < SWEEPS.size(); i++) {
        var accounts = new Accounts(programs);
        Map<Metric, Double> readings = errand.run(crowd);
        double other = accounts.otherLoad();
        turns.get(i).add(Turn.of(round, position, readings, other));
        progress("  round %d of %s: %s".formatted(round + 1, contender.name(), title(i)));
        readings.forEach((metric, value) ->
            progress("    %s: %s".formatted(metric.name(), Spread.number(value))));
        progress("    other load: " + Spread.number(other));
      }
    }
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
