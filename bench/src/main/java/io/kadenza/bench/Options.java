package io.kadenza.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
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
        --markdown FILE      also write the report
        --no-build           take what is built
      """;

  /// Reads the command line.
  ///
  /// @throws IllegalArgumentException if it makes no sense
  static Options parse(String... args) {
    int repeats = 5;
    int memoryRepeats = 2;
    int seconds = 4;
    int warmUp = 15;
    int connections = 64;
    int idle = 2_000;
    List<String> contenders = List.of("kadenza", "go");
    List<String> scenarios = Scenarios.NAMES;
    Path json = null;
    Path markdown = null;
    Iterator<String> words = new ArrayList<>(Arrays.asList(args)).iterator();
    while (words.hasNext()) {
      String option = words.next();
      if (!words.hasNext()) {
        throw new IllegalArgumentException("what is " + option + " to be?");
      }
      String value = words.next();
      switch (option) {
        case "--repeats" -> repeats = positive(option, value);
        case "--memory-repeats" -> memoryRepeats = positive(option, value);
        case "--seconds" -> seconds = positive(option, value);
        case "--warm-up" -> warmUp = positive(option, value);
        case "--connections" -> connections = positive(option, value);
        case "--idle" -> idle = positive(option, value);
        case "--contenders" -> contenders = List.of(value.split(",", -1));
        case "--scenarios" -> scenarios = List.of(value.split(",", -1));
        case "--json" -> json = Path.of(value);
        case "--markdown" -> markdown = Path.of(value);
        default -> throw new IllegalArgumentException("there is no option " + option);
      }
    }
    if (contenders.size() != 2) {
      throw new IllegalArgumentException("a race is between two, not " + contenders.size());
    }
    if (!Scenarios.NAMES.containsAll(scenarios)) {
      throw new IllegalArgumentException("--scenarios takes " + Scenarios.NAMES);
    }
    return new Options(
        repeats,
        memoryRepeats,
        Duration.ofSeconds(seconds),
        warmUp,
        connections,
        idle,
        contenders,
        scenarios,
        json,
        markdown);
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

  static int positive(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(option + " takes a positive number, not " + value);
  }
}
