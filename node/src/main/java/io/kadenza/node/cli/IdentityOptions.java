package io.kadenza.node.cli;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyFile;
import io.kadenza.crypto.KeyType;
import io.kadenza.node.terminal.Terminal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who the node is.
final class IdentityOptions {
  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description =
          "The libp2p private key to use; made if there is no such file. Without it the"
              + " node gets a new identity at each start.")
  @Nullable String file;

  @Option(
      names = "--key-type",
      paramLabel = "TYPE",
      description =
          "Of a new identity: ed25519, secp256k1, ecdsa or rsa (default:" + " ${DEFAULT-VALUE}).")
  KeyType type = KeyType.SECP256K1;

  Optional<String> file() {
    return Optional.ofNullable(file);
  }

  /// Loads the identity or makes it.
  Identity identity(Terminal terminal) {
    String name = file;
    return name == null ? Identity.generate(type) : KeyFile.loadOrCreate(terminal.file(name), type);
  }
}
