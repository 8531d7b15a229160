package io.kadenza.bench;

import java.util.ArrayList;
import java.util.List;

/// The servers by their names on the command line, each on one processor and with one worker.
final class Contenders {
  private final Programs programs;

  Contenders(Programs programs) {
    this.programs = programs;
  }

  Contender named(String name) {
    return switch (name) {
      case "kadenza" -> kadenza(name, "-XX:+UseSerialGC");
      case "kadenza-g1" -> kadenza(name, "-XX:+UseG1GC");
      case "go" ->
          new Contender(name, programs.goVersions("kadserver"), programs.go("kadserver"), false);
      default -> throw new IllegalArgumentException("there is no contender " + name);
    };
  }

  private Contender kadenza(String name, String collector) {
    List<String> options = new ArrayList<>(List.of(collector));
    String more = System.getenv().getOrDefault("KAD_SERVER_OPTS", "").strip();
    if (!more.isEmpty()) {
      options.addAll(List.of(more.split(" +", -1)));
    }
    return new Contender(
        name, programs.kadenzaVersion(collector), programs.java(options, KadServer.class), true);
  }
}
