package io.kadenza.node.cli.sim;

import io.kadenza.node.Failure;
import picocli.CommandLine.Command;

/// `kad sim`, which only leads to its commands. Public for the factory of the package above.
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    description = {
      "The laboratory: a node's own engine on a virtual clock.",
      "Thousands of nodes, churn and liars, and the same course of events for the same seed."
    },
    subcommands = {RunCommand.class, CompareCommand.class, ShrinkCommand.class, TableCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad sim run scenarios/tiny-100.yaml --report out",
      "  kad sim compare scenarios/sybil-20.yaml scenarios/sybil-20-regional.yaml",
      "  kad sim table security"
    })
public final class SimCommand implements Runnable {
  /// Made by picocli.
  public SimCommand() {}

  @Override
  public void run() {
    throw Failure.usage("say what to do, run, compare, shrink or table (see kad sim --help)");
  }
}
