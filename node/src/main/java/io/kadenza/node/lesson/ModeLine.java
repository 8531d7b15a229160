package io.kadenza.node.lesson;

import io.kadenza.host.Reachability;
import io.kadenza.kad.engine.Mode;

/// Which part a node in mode auto plays, why, and what its user can do about it, in one line.
final class ModeLine {
  private ModeLine() {}

  static String of(Mode playing, Reachability reachability) {
    return switch (playing) {
      case SERVER -> "Auto mode: server, " + whyServer(reachability);
      case CLIENT -> "Auto mode: client, " + whyClient(reachability);
    };
  }

  private static String whyServer(Reachability reachability) {
    return reachability == Reachability.PUBLIC
        ? "since peers outside have reached this node"
        : "since nothing speaks against it on this network; --mode client to ask only";
  }

  private static String whyClient(Reachability reachability) {
    return switch (reachability) {
      case NOT_LISTENING -> "since it listens nowhere; give --listen ADDR";
      case LOCAL ->
          "since this network takes public addresses alone, and all of this node's are private;"
              + " for neighbours give --dual, --network lan or local, or else --mode server";
      case UNCONFIRMED ->
          "until peers of two other networks have reached this node; --mode server if you know that"
              + " they can";
      case TRANSLATED ->
          "since a router translates this node's addresses and nobody has come through; forward"
              + " the port, or stay a client";
      case UNREACHABLE ->
          "since a peer that tried could not reach this node; open the port in the firewall";
      case PUBLIC -> "but peers outside have reached this node: a server in a moment";
    };
  }
}
