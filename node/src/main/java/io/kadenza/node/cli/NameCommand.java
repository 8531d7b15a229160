package io.kadenza.node.cli;

import io.kadenza.node.Failure;
import picocli.CommandLine.Command;

/// `kad name`, which only leads to its commands.
@Command(
    name = "name",
    mixinStandardHelpOptions = true,
    description = "Publishes, resolves and inspects IPNS names.",
    subcommands = {NamePublishCommand.class, NameResolveCommand.class, NameInspectCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad name publish /ipfs/bafy… --identity node.key",
      "  kad name resolve k51…",
      "  kad name inspect k51…"
    })
final class NameCommand implements Runnable {
  @Override
  public void run() {
    throw Failure.usage("say what to do, publish, resolve or inspect (see kad name --help)");
  }
}
