package io.kadenza.node.cli;

import io.kadenza.node.Failure;
import picocli.CommandLine.Command;

/// `kad` itself, which only leads to the commands.
@Command(
    name = "kad",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "A node, and tools, for libp2p's Kademlia DHT.",
    footerHeading = "%nTo begin with:%n",
    footer = {
      "  kad demo                        a whole network on this machine",
      "  kad run --mode server           a node, until Ctrl-C",
      "  kad get /v/hello --bootstrap …  one question to a network",
      "",
      "Exit codes: 0 ok, 1 internal fault, 2 bad arguments, 3 not found, 4 timeout,",
      "5 no peer reachable, 6 invalid record, 130 interrupted. `kad help COMMAND` tells more."
    })
final class Kad implements Runnable {
  @Override
  public void run() {
    throw Failure.usage(
        "no command given; `kad demo` shows what this is, `kad --help` all there is");
  }
}
