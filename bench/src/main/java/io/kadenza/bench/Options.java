package io.kadenza.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param repeats rounds of each scenario; in a round each server has two turns
/// @param memoryRepeats rounds of the idle connections, whose readings vary less and take longer
/// @param turn how long a turn is measured
/// @param warmUp processor seconds that a server spends under the same load before its first turn
/// @param connections of the loads that keep theirs
/// @param idle connections that do nothing
/// @param contenders the two that race
/// @param scenarios which to run
record Options(
    int repeats,
    int memoryRepeats,
    Duration turn,
    int warmUp,
    int connections,
    int idle,
    List<String> contenders,
    List<String> scenarios,
    @Nullable Path json,
    @Nullable Path markdown) {
  static final String USAGE =
      """
      bench/run [OPTION…]
        --repeats N          rounds of each scenario, two turns for each server (5)
        --memory-repeats N   rounds of the idle connections (2)
        --seconds N          length of a turn (4)
        --warm-up N          CPU-seconds under load before the first turn (15)
        --connections N      connections of the loads that keep theirs (64)
        --idle N             connections that do nothing (2000)
        --contenders A,B     two of kadenza, kadenza-g1, go (kadenza,go)
        --scenarios LIST     of find-node-1, find-node-16, ping, handshake, arrival, idle (all)
        --json FILE          also write every reading
        --markdown FILE      also write the report into its section of that page
        --no-build           take what is built
      """;

  Options {
    contenders = List.copyOf(contenders);
    scenarios = List.copyOf(scenarios);
    if (contenders.size() != 2) {
      throw new IllegalArgumentException("a race is between two, not " + contenders.size());
    }
  }

  /// Reads the command line.
  ///
  /// @throws IllegalArgumentException if it makes no sense
  static Options parse(String... args) {
    var arguments =
        Arguments.parse(
            Set.of(
                "--repeats",
                "--memory-repeats",
                "--seconds",
                "--warm-up",
                "--connections",
                "--idle",
                "--contenders",
                "--scenarios",
                "--json",
                "--markdown"),
            args);
    return new Options(
        arguments.number("--repeats", 1, 5),
        arguments.number("--memory-repeats", 1, 2),
        Duration.ofSeconds(arguments.number("--seconds", 1, 4)),
        arguments.number("--warm-up", 1, 15),
        arguments.number("--connections", 1, 64),
        arguments.number("--idle", 1, 2_000),
        arguments.list("--contenders", List.of("kadenza", "go")),
        arguments.choice("--scenarios", Scenarios.NAMES),
        arguments.file("--json"),
        arguments.file("--markdown"));
  }

  /// The words of the report.
  Setting setting(boolean pinned) {
    String command =
        "bench/run --repeats %d --memory-repeats %d --seconds %d --warm-up %d --connections %d --idle %d"
                .formatted(repeats, memoryRepeats, turn.toSeconds(), warmUp, connections, idle)
            + " --contenders "
            + String.join(",", contenders)
            + " --scenarios "
            + String.join(",", scenarios);
    return new Setting(
        "A server under load",
        Prose.SERVER.formatted(turn.toSeconds(), repeats, warmUp),
        command,
        pinned
            ? "Servers on processor 1, the load on processor 0."
            : "Nothing was pinned to a processor.");
  }
}
