package io.kadenza.node.cli;

import io.kadenza.node.control.ControlClient;
import io.kadenza.node.control.ControlRequest;
import io.kadenza.node.terminal.Terminal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

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

  /// Asks the node and prints what it answers: as it is for a program, else by `text`.
  void print(
      Terminal terminal, ControlRequest request, OutputOptions output, Consumer<JsonNode> text) {
    client(terminal)
        .ask(
            request,
            (json, line) -> {
              if (output.json) {
                terminal.say(json);
              } else {
                text.accept(line);
              }
            });
  }
}
