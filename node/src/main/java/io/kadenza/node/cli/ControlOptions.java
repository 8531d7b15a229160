package io.kadenza.node.cli;

import io.kadenza.node.control.ControlPlace;
import io.kadenza.node.terminal.Terminal;
import java.nio.file.Path;
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
              + " in the data directory, if there is one, or else in the working directory).")
  @Nullable String path;

  /// @param data the node's data directory, null if it has none
  ControlPlace place(Terminal terminal, @Nullable Path data) {
    String named = path;
    if (named != null) {
      return new ControlPlace(terminal.file(named), true);
    }
    Path usual =
        data == null
            ? terminal.file(ControlPlace.DEFAULT_NAME)
            : data.resolve(ControlPlace.DEFAULT_NAME);
    return new ControlPlace(usual, false);
  }
}
