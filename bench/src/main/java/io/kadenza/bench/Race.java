package io.kadenza.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Races two DHT servers against each other in one go: the same load, the same processor, in turns
/// A, B, B, A, so that whatever else the machine does and however it drifts meets both alike.
///
/// System properties: `bench.root`, the checkout; `bench.pin`, whether to hold each server to
/// processor 1, the load being held to processor 0 by whoever starts this.
public final class Race {
  /// A warm-up comes in pieces, since a scenario may prepare for what it has seen.
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private static final int WARM_UPS_MAX = 20;

  private final Options options;
  private final List<Contender> contenders;
  private final Path log;
  private final Generator generator;
  private final TableFiller filler;

  private Race(Options options, List<Contender> contenders, Path log, Generator generator) {
    this.options = options;
    this.contenders = contenders;
    this.log = log;
    this.generator = generator;
    this.filler = new TableFiller(generator);
  }

  /// What the command line asks for.
  private record Entry(Options options, List<Contender> contenders) {
    static Entry parse(String... args) {
      Options options = Options.parse(args);
      var known = new Contenders(Programs.here());
      return new Entry(options, options.contenders().stream().map(known::named).toList());
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    RaceCommand.run(Options.USAGE, Entry::parse, "servers.log", Race::run, args);
  }

  /// @return whether it is valid
  private static boolean run(Entry entry, Path log) throws IOException, InterruptedException {
    Options options = entry.options;
    try (var generator = new Generator()) {
      var race = new Race(options, entry.contenders, log, generator);
      var report = new Report(entry.contenders, options.setting(Programs.here().pinned()));
      for (String name : options.scenarios()) {
        report.add(race.run(name));
      }
      report.write(System.out, options.json(), options.markdown());
      return report.isValid();
    }
  }

  private Result run(String name) throws InterruptedException {
    Scenario scenario = Scenarios.named(name, generator, options);
    progress(scenario.name());
    return scenario.needsFreshServer() ? withFreshServers(scenario) : withSameServers(scenario);
  }

  private Result withSameServers(Scenario scenario) throws InterruptedException {
    var turns = new ArrayList<Turn>();
    try (var first = start(contenders.get(0));
        var second = start(contenders.get(1))) {
      var servers = List.of(first, second);
      List<Integer> tables = List.of(fill(first), fill(second));
      for (ServerProcess server : servers) {
        warmUp(scenario, server);
      }
      for (int round = 0; round < options.repeats(); round++) {
        for (int i = 0; i < Turn.ORDER.size(); i++) {
          turns.add(turn(scenario, round, i, servers.get(Turn.ORDER.get(i))));
        }
      }
      return new Result(scenario.name(), scenario.metrics(), tables, turns);
    }
  }

  private Result withFreshServers(Scenario scenario) throws InterruptedException {
    var turns = new ArrayList<Turn>();
    for (int round = 0; round < options.memoryRepeats(); round++) {
      for (int i = 0; i < Turn.ORDER.size(); i++) {
        try (var server = start(contenders.get(Turn.ORDER.get(i)))) {
          turns.add(turn(scenario, round, i, server));
        }
      }
    }
    return new Result(scenario.name(), scenario.metrics(), List.of(), turns);
  }

  private ServerProcess start(Contender contender) {
    return ServerProcess.start(contender, log);
  }

  private int fill(ServerProcess server) throws InterruptedException {
    return server.tells() ? filler.fill(server) : server.ready().get("table").asInt();
  }

  /// By the server's own time, so that a busy machine does not leave the JVM's compiler half done.
  private void warmUp(Scenario scenario, ServerProcess server) throws InterruptedException {
    double start = server.cpuSeconds();
    for (int i = 0; i < WARM_UPS_MAX; i++) {
      var _ = scenario.run(server, WARM_UP);
      if (server.cpuSeconds() - start > options.warmUp()) {
        return;
      }
    }
  }

  private Turn turn(Scenario scenario, int round, int position, ServerProcess server)
      throws InterruptedException {
    var accounts = new Accounts(List.of(server.process()));
    var readings = scenario.run(server, options.turn());
    double other = accounts.otherLoad();
    int contender = Turn.ORDER.get(position);
    Metric first = scenario.metrics().getFirst();
    progress(
        "  round %d of %s: %s %s, other load %s"
            .formatted(
                round + 1,
                contenders.get(contender).name(),
                Spread.number(readings.getOrDefault(first, Double.NaN)),
                first.name(),
                Spread.number(other)));
    return Turn.of(round, position, readings, other);
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
