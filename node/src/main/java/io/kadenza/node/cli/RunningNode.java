package io.kadenza.node.cli;

import io.kadenza.node.control.ControlClient;
import io.kadenza.node.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which of the nodes that run is asked.
final class RunningNode {
  @Mixin ControlOptions control = new ControlOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory that the node was started with.")
  @Nullable String data;

  ControlClient client(Terminal terminal) {
    return new ControlClient(
        control.place(terminal, data == null ? null : terminal.file(data)).path());
  }
}
