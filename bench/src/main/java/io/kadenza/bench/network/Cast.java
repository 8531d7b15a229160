package io.kadenza.bench.network;

import io.kadenza.bench.Contender;
import io.kadenza.bench.Programs;
import io.kadenza.bench.peer.Clients;
import io.kadenza.bench.peer.Servers;
import java.util.ArrayList;
import java.util.List;

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
    List<String> options = new ArrayList<>(AS_KAD);
    options.addAll(more);
    return List.of(
        new Contender(
            "kadenza",
            programs.kadenzaVersion(String.join(" ", options)),
            programs.java(options, Clients.class),
            true),
        new Contender("go", programs.goVersions("kadclient"), programs.go("kadclient"), true));
  }

  /// Of both implementations, each server a process; or with a delay all of go's in one.
  static List<List<String>> servers(Programs programs, NetworkOptions options) {
    if (options.rtt() > 0) {
      return List.of(
          programs.go(
              Programs.OWN_PROCESSOR,
              "kadnet",
              "-servers=" + options.servers(),
              "-filled",
              "-rtt=" + options.rtt() + "ms"));
    }
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < options.servers(); i++) {
      commands.add(
          i % 2 == 0
              ? programs.go(Programs.OWN_PROCESSOR, "kadnet", "-servers=1")
              : programs.java(Programs.OWN_PROCESSOR, AS_KAD, Servers.class, "1"));
    }
    return commands;
  }

  /// All of go's in one process, with the tables they would have after a long time. Of provider
  /// records they keep no more than that there is one, since there will be millions.
  static List<String> sinks(Programs programs, ProvideOptions options) {
    return programs.go(
        Programs.OWN_PROCESSOR, "kadnet", "-servers=" + options.servers(), "-filled", "-sink");
  }
}
