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

/// Races our DHT clients against go's: the same errands in the same network or in two alike, in
/// turns A, B, B, A. System properties as for [io.kadenza.bench.Race].
public final class NetworkRace {
  private static final int WARM_UPS_MAX = 200;

  private final NetworkOptions options;
  private final List<Contender> contenders;
  private final List<Party> parties;
  private final List<Integer> tables;
  private final Errands errands;

  private NetworkRace(NetworkOptions options, List<Contender> contenders, List<Party> parties) {
    this.options = options;
    this.contenders = contenders;
    this.parties = parties;
    this.tables = parties.stream().map(p -> p.join(options.clients())).toList();
    this.errands = new Errands(options, parties);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    RaceCommand.run(
        NetworkOptions.USAGE, NetworkOptions::parse, "network.log", NetworkRace::run, args);
  }

  /// @return whether it is valid
  private static boolean run(NetworkOptions options, Path log) throws IOException {
    Programs programs = Programs.here();
    List<Contender> contenders = Cast.clients(programs, options.java());
    var report = new Report(contenders, NetworkProse.setting(options, programs.pinned()));
    progress("starting " + options.servers() + " servers in a network");
    try (var networks = Networks.start(programs, options, log);
        var ours = Crowd.start(contenders.get(0), log);
        var theirs = Crowd.start(contenders.get(1), log)) {
      if (options.rtt() == 0) {
        networks.all().forEach(s -> progress("each knows " + s.join() + " others or more"));
      }
      var parties = List.of(new Party(ours, networks.of(0)), new Party(theirs, networks.of(1)));
      var race = new NetworkRace(options, contenders, parties);
      for (String name : options.scenarios()) {
        report.add(race.run(race.errands.named(name)));
      }
    }
    report.write(System.out, options.json(), options.markdown());
    return report.isValid();
  }

  private Result run(Errand errand) {
    progress(errand.name());
    parties.forEach(party -> warmUp(errand, party));
    var turns = new ArrayList<Turn>();
    for (int round = 0; round < options.repeats(); round++) {
      for (int i = 0; i < Turn.ORDER.size(); i++) {
        turns.add(turn(errand, round, i));
      }
    }
    return new Result(errand.name(), errand.metrics(), tables, turns);
  }

  /// By the clients' own time, as servers are in the other race.
  private void warmUp(Errand errand, Party party) {
    double start = party.crowd().process().cpuSeconds();
    for (int i = 0; i < WARM_UPS_MAX; i++) {
      if (party.crowd().process().cpuSeconds() - start >= options.warmUp()) {
        return;
      }
      var _ = errand.run(party);
    }
  }

  private Turn turn(Errand errand, int round, int position) {
    var accounts = new Accounts(Party.processes(parties));
    int contender = Turn.ORDER.get(position);
    Map<Metric, Double> readings = errand.run(parties.get(contender));
    double other = accounts.otherLoad();
    progress(
        "  round %d of %s: p50 %s ms, p99 %s ms, other load %s"
            .formatted(
                round + 1,
                contenders.get(contender).name(),
                Spread.number(readings.getOrDefault(Effort.P50, Double.NaN)),
                Spread.number(readings.getOrDefault(Effort.P99, Double.NaN)),
                Spread.number(other)));
    return Turn.of(round, position, readings, other);
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
