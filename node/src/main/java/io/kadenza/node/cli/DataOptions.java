package io.kadenza.node.cli;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyFile;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a node keeps what outlives it.
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keep values, provider records, what is provided, contacts and, without --identity, the"
              + " identity in this directory; made if there is none. Otherwise all of it ends with"
              + " the node.")
  @Nullable String name;

  /// The directory, null if nothing is to be kept.
  @Nullable Path directory(Terminal terminal) {
    return name == null ? null : terminal.file(name);
  }

  /// The identity that was named, or else the directory's, or else a new one.
  Identity identity(IdentityOptions named, Terminal terminal) {
    Path directory = directory(terminal);
    return directory == null || named.file().isPresent()
        ? named.identity(terminal)
        : KeyFile.loadOrCreate(directory.resolve(Node.IDENTITY), named.type);
  }
}
