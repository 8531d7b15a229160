package io.kadenza.bench.network;

import io.kadenza.bench.Arguments;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the command line of the race in a network asks for.
///
/// @param servers how many
/// @param network whose servers they are
/// @param rtt milliseconds that pass before an answer arrives; 0 for none but the machine's own
/// @param clients of each implementation, all at work at once
/// @param operations of a turn
/// @param cold operations of a turn of clients that have just been started
/// @param bytes of a value
/// @param repeats rounds of each scenario; in a round each implementation has two turns
/// @param warmUp processor seconds that clients spend on the same before their first turn
/// @param scenarios which to run
/// @param java further options of our JVMs, of clients and servers
record NetworkOptions(
    int servers,
    Network network,
    int rtt,
    int clients,
    int operations,
    int cold,
    int bytes,
    int repeats,
    int warmUp,
    List<String> scenarios,
    List<String> java,
    @Nullable Path json,
    @Nullable Path markdown) {
  /// Whose servers the clients meet.
  enum Network {
    /// One network for all, half of it ours, half go's.
    MIXED,
    /// Each implementation's clients meet that implementation's servers alone.
    OWN;

    static final List<String> NAMES = Arrays.stream(values()).map(Network::word).toList();

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Network parse(String word) {
      return Arrays.stream(values())
          .filter(network -> network.word().equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("--network takes " + NAMES));
    }
  }

  static final String USAGE =
      """
      bench/run network [OPTION…]
        --servers N       in a network, each a process (50)
        --network WHICH   mixed: one network for all, every other server is go's; own: ours for our
                          clients and go's for go's (mixed)
        --rtt MS          have every answer arrive later by that; all servers are go's and in one
                          process then (0)
        --clients N       of each implementation, all at work at once (4)
        --operations N    of a turn (400)
        --cold N          of a turn of clients that have just been started (40)
        --bytes N         of a value (1024)
        --repeats N       rounds of each scenario, two turns for each implementation (5)
        --warm-up N       CPU-seconds of the same before the first turn (15)
        --scenarios LIST  of lookup, cold-lookup, stranger, put, get (all)
        --java OPTIONS    further options of our JVMs, of clients and servers
        --json FILE       also write every reading
        --markdown FILE   also write the report into its section of that page
        --no-build        take what is built
      """;

  /// Among fewer servers everybody is among the 20 closest.
  private static final int FEWEST_SERVERS = 21;

  /// With one client nobody would look for what another has stored.
  private static final int FEWEST_CLIENTS = 2;

  /// Where answers are delayed, each connection takes three of a process's file descriptors, and
  /// 20,000 of these are commonly the limit.
  private static final int MOST_DELAYED = 3_000;

  NetworkOptions {
    scenarios = List.copyOf(scenarios);
    java = List.copyOf(java);
    if (rtt > 0 && network == Network.OWN) {
      throw new IllegalArgumentException("with --rtt all servers are go's, not of --network own");
    }
    if (rtt > 0 && (long) servers * clients > MOST_DELAYED) {
      throw new IllegalArgumentException(
          "with --rtt, servers times clients are " + MOST_DELAYED + " at most");
    }
  }

  /// Reads the command line.
  ///
  /// @throws IllegalArgumentException if it makes no sense
  static NetworkOptions parse(String... args) {
    var arguments =
        Arguments.parse(
            Set.of(
                "--servers",
                "--network",
                "--rtt",
                "--clients",
                "--operations",
                "--cold",
                "--bytes",
                "--repeats",
                "--warm-up",
                "--scenarios",
                "--java",
                "--json",
                "--markdown"),
            args);
    return new NetworkOptions(
        arguments.number("--servers", FEWEST_SERVERS, 50),
        Network.parse(arguments.word("--network", Network.MIXED.word())),
        arguments.number("--rtt", 0, 0),
        arguments.number("--clients", FEWEST_CLIENTS, 4),
        arguments.number("--operations", 1, 400),
        arguments.number("--cold", 1, 40),
        arguments.number("--bytes", 1, 1_024),
        arguments.number("--repeats", 1, 5),
        arguments.number("--warm-up", 0, 15),
        arguments.choice("--scenarios", Errands.NAMES),
        arguments.words("--java"),
        arguments.file("--json"),
        arguments.file("--markdown"));
  }

  String command() {
    String command =
        "bench/run network --servers %d --network %s --rtt %d --clients %d --operations %d --cold %d --bytes %d --repeats %d --warm-up %d --scenarios %s"
            .formatted(
                servers,
                network.word(),
                rtt,
                clients,
                operations,
                cold,
                bytes,
                repeats,
                warmUp,
                String.join(",", scenarios));
    return java.isEmpty() ? command : command + " --java '" + String.join(" ", java) + "'";
  }
}
