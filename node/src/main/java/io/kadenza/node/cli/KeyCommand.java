package io.kadenza.node.cli;

import io.kadenza.node.Failure;
import picocli.CommandLine.Command;

/// `kad key`, which only leads to its commands.
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes and shows identity files.",
    subcommands = {KeyGenCommand.class, KeyShowCommand.class})
final class KeyCommand implements Runnable {
  @Override
  public void run() {
    throw Failure.usage("kad key: say what to do, gen or show (see kad key --help)");
  }
}
