package io.kadenza.node.control;

import io.kadenza.node.Failure;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a node's socket is.
///
/// @param named whether the user has said so: then a node that cannot listen there fails, else it
///   does without
public record ControlPlace(Path path, boolean named) {
  /// What the socket is called in the directory where a node runs.
  public static final String DEFAULT_NAME = "kad.sock";

  private static final Logger LOG = LoggerFactory.getLogger(ControlPlace.class);

  /// Listens there for a node; null if the node does without, which is usual in a directory where
  /// another has it, and otherwise told.
  ///
  /// @throws Failure if it cannot, and the user has named the place
  public @Nullable ControlSocket open(Node node, Terminal terminal) {
    try {
      return ControlSocket.open(path, node);
    } catch (Failure failed) {
      if (named) {
        throw failed;
      }
      if (SocketFile.isInUse(path)) {
        LOG.debug("no control socket: {}", failed.getMessage());
      } else {
        terminal.warn("kad status and its like will not reach this node: " + failed.getMessage());
      }
      return null;
    }
  }
}
