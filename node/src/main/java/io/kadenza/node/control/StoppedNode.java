package io.kadenza.node.control;

import io.kadenza.crypto.KeyFile;
import io.kadenza.crypto.KeyFileException;
import io.kadenza.kad.DataDirectory;
import io.kadenza.kad.DualDhtBuilder;
import io.kadenza.multiformats.PeerId;
import io.kadenza.node.Failure;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Answers for a node that does not run, from the directory that it has left.
///
/// @param directory its data directory, which is read and not changed
public record StoppedNode(Path directory) {
  /// Answers as the node would if it ran.
  ///
  /// @throws Failure if a node runs there after all
  /// @throws StoreException if the directory is none of a node's, or cannot be read
  public void answer(
      ControlRequest.OfRecords request, Terminal terminal, Consumer<JsonLine> lines) {
    Path local = directory.resolve(DualDhtBuilder.LAN_DIRECTORY);
    try (var kept = DataDirectory.read(directory);
        var keptInside = Files.isDirectory(local) ? DataDirectory.read(local) : null) {
      var all = keptInside == null ? List.of(kept) : List.of(kept, keptInside);
      Optional<PeerId> self = identity();
      all.forEach(each -> each.findings().forEach(terminal::warn));
      RecordLines.of(all, peer -> self.filter(peer::equals).isPresent())
          .forEach(records -> records.answer(request, lines));
    } catch (StoreException failed) {
      if (failed.reason() == StoreException.Reason.IN_USE) {
        throw Failure.usage(
            "a node that runs has "
                + directory
                + ", and does not answer there; give the --control PATH that it was started with,"
                + " or stop it");
      }
      throw failed;
    }
  }

  /// Whose values are its own; unknown if its identity is kept elsewhere.
  private Optional<PeerId> identity() {
    try {
      return Optional.of(KeyFile.load(directory.resolve(Node.IDENTITY)).peerId());
    } catch (KeyFileException elsewhere) {
      return Optional.empty();
    }
  }
}
