package io.kadenza.node.cli;

import io.kadenza.node.control.ControlClient;
import io.kadenza.node.control.ControlPlace;
import io.kadenza.node.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a node that runs can be asked.
final class ControlOptions {
  @Option(
      names = "--control",
      paramLabel = "PATH",
      description =
          "The Unix domain socket at which a running node answers this user's commands (default: "
              + ControlPlace.DEFAULT_NAME
              + " in the working directory).")
  @Nullable String path;

  ControlPlace place(Terminal terminal) {
    String named = path;
    return new ControlPlace(
        terminal.file(named == null ? ControlPlace.DEFAULT_NAME : named), named != null);
  }

  ControlClient client(Terminal terminal) {
    return new ControlClient(place(terminal).path());
  }
}
