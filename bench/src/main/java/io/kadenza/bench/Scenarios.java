package io.kadenza.bench;

import io.kadenza.host.Ping;
import io.kadenza.kad.engine.KadConfig;
import java.util.List;

/// The scenarios by their names on the command line.
final class Scenarios {
  private static final int DEEP = 16;

  static final List<String> NAMES =
      List.of("find-node-1", "find-node-16", "ping", "handshake", "arrival", "idle");

  private Scenarios() {}

  static Scenario named(String name, Generator generator, Options options) {
    return switch (name) {
      case "find-node-1" -> findNode(1, generator, options);
      case "find-node-16" -> findNode(DEEP, generator, options);
      case "ping" ->
          new StreamLoad("ping", generator, options.connections(), Ping.PROTOCOL, PingCaller::new);
      case "handshake" -> new ArrivalLoad("inbound handshake and one FIND_NODE", generator, true);
      case "arrival" ->
          new ArrivalLoad("the same, with identify in both directions", generator, false);
      case "idle" -> new IdleConnections(generator, options.idle());
      default -> throw new IllegalArgumentException("there is no scenario " + name);
    };
  }

  private static Scenario findNode(int depth, Generator generator, Options options) {
    return new StreamLoad(
        "FIND_NODE, depth " + depth,
        generator,
        options.connections(),
        KadConfig.AMINO,
        (stream, answers, random) -> new FindNodeCaller(stream, answers, depth, random));
  }
}
