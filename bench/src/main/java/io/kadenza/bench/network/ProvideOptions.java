package io.kadenza.bench.network;

import io.kadenza.bench.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the command line of the race of providers asks for.
///
/// @param servers in the network
/// @param contents that are provided
/// @param step every how many of them is looked for afterwards
/// @param repeats rounds, two turns for each implementation
/// @param java further options of our client's JVM
record ProvideOptions(
    int servers,
    int contents,
    int step,
    int repeats,
    List<String> java,
    @Nullable Path json,
    @Nullable Path markdown) {
  static final String USAGE =
      """
      bench/run provide [OPTION…]
        --servers N       in the network, all of them go's and in one process (1000)
        --contents N      that are provided (100000)
        --step N          every how many of them is looked for afterwards (10)
        --repeats N       rounds, two turns for each implementation (2)
        --java OPTIONS    further options of our client's JVM; -XX:TieredStopAtLevel=1 is how kad
                          starts a command that ends soon
        --json FILE       also write every reading
        --markdown FILE   also write the report into its section of that page
        --no-build        take what is built
      """;

  /// With fewer servers there is only one region.
  private static final int FEWEST_SERVERS = 30;

  ProvideOptions {
    java = List.copyOf(java);
  }

  /// Reads the command line.
  ///
  /// @throws IllegalArgumentException if it makes no sense
  static ProvideOptions parse(String... args) {
    var arguments =
        Arguments.parse(
            Set.of(
                "--servers", "--contents", "--step", "--repeats", "--java", "--json", "--markdown"),
            args);
    return new ProvideOptions(
        arguments.number("--servers", FEWEST_SERVERS, 1_000),
        arguments.number("--contents", 1, 100_000),
        arguments.number("--step", 1, 10),
        arguments.number("--repeats", 1, 2),
        arguments.words("--java"),
        arguments.file("--json"),
        arguments.file("--markdown"));
  }

  String command() {
    String command =
        "bench/run provide --servers %d --contents %d --step %d --repeats %d"
            .formatted(servers, contents, step, repeats);
    return java.isEmpty() ? command : command + " --java '" + String.join(" ", java) + "'";
  }
}
