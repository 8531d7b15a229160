package io.kadenza.bench.network;

import io.kadenza.bench.Contender;
import io.kadenza.bench.Programs;
import io.kadenza.bench.peer.Clients;
import io.kadenza.bench.peer.Servers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Which programs take part, and how they are started.
final class Cast {
  private static final String SERIAL = "-XX:+UseSerialGC";

  /// How the program `kad` starts a node.
  private static final List<String> AS_KAD =
      List.of(
          SERIAL,
          "-Xms64m",
          "-XX:NewSize=32m",
          "-XX:MinHeapFreeRatio=20",
          "-XX:MaxHeapFreeRatio=40");

  private Cast() {}

  /// Ours and go's, in this order.
  ///
  /// @param more options of our JVM
  static List<Contender> clients(Programs programs, List<String> more) {
    List<String> options = asKad(more);
    return List.of(
        new Contender(
            "kadenza",
            programs.kadenzaVersion(String.join(" ", options)),
            programs.java(options, Clients.class),
            true),
        new Contender("go", programs.goVersions("kadclient"), programs.go("kadclient"), true));
  }

  private static List<String> asKad(List<String> more) {
    List<String> options = new ArrayList<>(AS_KAD);
    options.addAll(more);
    return options;
  }

  /// The servers of each network there is, one or one for each contender.
  static List<List<List<String>>> networks(Programs programs, NetworkOptions options) {
    if (options.rtt() > 0) {
      return List.of(List.of(delayed(programs, options)));
    }
    List<String> ours =
        programs.java(Programs.OWN_PROCESSOR, asKad(options.java()), Servers.class, "1");
    List<String> theirs = programs.go(Programs.OWN_PROCESSOR, "kadnet", "-servers=1");
    int count = options.servers();
    return switch (options.network()) {
      case MIXED -> List.of(alternating(theirs, ours, count));
      case OWN -> List.of(Collections.nCopies(count, ours), Collections.nCopies(count, theirs));
    };
  }

  private static List<List<String>> alternating(List<String> even, List<String> odd, int count) {
    return IntStream.range(0, count).mapToObj(i -> i % 2 == 0 ? even : odd).toList();
  }

  /// All of go's in one process, with the tables they would have after a long time.
  private static List<String> delayed(Programs programs, NetworkOptions options) {
    return programs.go(
        Programs.OWN_PROCESSOR,
        "kadnet",
        "-servers=" + options.servers(),
        "-filled",
        "-rtt=" + options.rtt() + "ms");
  }

  /// All of go's in one process, with the tables they would have after a long time. Of provider
  /// records they keep no more than that there is one, since there will be millions.
  static List<String> sinks(Programs programs, ProvideOptions options) {
    return programs.go(
        Programs.OWN_PROCESSOR, "kadnet", "-servers=" + options.servers(), "-filled", "-sink");
  }
}
