package io.kadenza.node.cli;

import io.kadenza.node.Failure;
import picocli.CommandLine.Command;

/// `kad records`, which only leads to its commands.
@Command(
    name = "records",
    mixinStandardHelpOptions = true,
    description = "Shows what a node holds for the network, running or stopped.",
    subcommands = {RecordsListCommand.class, RecordsShowCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {"  kad records ls", "  kad records show /v/hello --data node"})
final class RecordsCommand implements Runnable {
  @Override
  public void run() {
    throw Failure.usage("say what to do, ls or show (see kad records --help)");
  }
}
