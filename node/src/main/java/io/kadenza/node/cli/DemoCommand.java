package io.kadenza.node.cli;

import io.kadenza.node.Failure;
import io.kadenza.node.demo.Demo;
import io.kadenza.node.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `kad demo`: a network on this machine.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a network of nodes at work, in one process.",
      "They talk over real TCP connections on the loopback interface, store and fetch a"
          + " value, and advertise and find a provider; each lookup is shown as it walks. Needs"
          + " nothing and leaves nothing behind."
    },
    footerHeading = "%nExample:%n",
    footer = "  kad demo --nodes 20")
final class DemoCommand implements Callable<Integer> {
  private static final int MIN_NODES = 3;
  private static final int MAX_NODES = 64;

  private final Terminal terminal;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes, 3 to 64 (default: 10).")
  int nodes = 10;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (nodes < MIN_NODES || nodes > MAX_NODES) {
      throw Failure.usage(
          "invalid --nodes " + nodes + ": expected " + MIN_NODES + " to " + MAX_NODES);
    }
    return new Demo(terminal, nodes).run().code();
  }
}
