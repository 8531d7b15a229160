package io.kadenza.node.cli;

import io.kadenza.node.terminal.LogSetup;
import picocli.CommandLine.Option;

/// How much a command says, and in which form.
final class OutputOptions {
  @Option(
      names = "--json",
      description = "Print results as JSON, one object a line, with a `schema` field.")
  boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what happens to standard error, and stack traces of failures.")
  void verbose(boolean wanted) {
    if (wanted) {
      LogSetup.verbose();
    }
  }
}
