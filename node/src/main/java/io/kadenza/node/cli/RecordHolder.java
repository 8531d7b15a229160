package io.kadenza.node.cli;

import io.kadenza.node.control.ControlClient;
import io.kadenza.node.control.ControlRequest;
import io.kadenza.node.control.StoppedNode;
import io.kadenza.node.terminal.Terminal;
import java.util.function.BiConsumer;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whose records are shown: those of a node that runs, or else of one that is stopped.
final class RecordHolder {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin RunningNode node = new RunningNode();

  /// Asks the node that runs. If a data directory is named, and none answers there, the directory
  /// is read instead.
  ///
  /// @param lines takes each line of the answer, as it is and as what it says
  void ask(
      Terminal terminal, ControlRequest.OfRecords request, BiConsumer<String, JsonNode> lines) {
    ControlClient client = node.client(terminal);
    String directory = node.data;
    if (directory == null || node.control.path != null || client.isThere()) {
      client.ask(request, lines);
      return;
    }
    new StoppedNode(terminal.file(directory))
        .answer(
            request,
            terminal,
            line -> {
              String text = line.toString();
              lines.accept(text, JSON.readTree(text));
            });
  }
}
