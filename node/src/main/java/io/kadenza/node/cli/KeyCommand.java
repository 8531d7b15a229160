package io.kadenza.node.cli;

import io.kadenza.node.Failure;
import picocli.CommandLine.Command;

/// `kad key`, which only leads to its commands.
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes and shows identity files.",
    subcommands = {KeyGenCommand.class, KeyShowCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {"  kad key gen --type ed25519 node.key", "  kad key show node.key"})
final class KeyCommand implements Runnable {
  @Override
  public void run() {
    throw Failure.usage("say what to do, gen or show (see kad key --help)");
  }
}
