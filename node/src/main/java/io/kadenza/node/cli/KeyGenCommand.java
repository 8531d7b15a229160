package io.kadenza.node.cli;

import io.kadenza.crypto.KeyFile;
import io.kadenza.crypto.KeyType;
import io.kadenza.node.Exit;
import io.kadenza.node.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad key gen`: makes an identity file.
@Command(
    name = "gen",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new identity file and prints its peer id.",
      "The file is readable by its owner alone. Never overwrites."
    },
    footerHeading = "%nExample:%n",
    footer = "  kad key gen --type ed25519 node.key")
final class KeyGenCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file to make.")
  String file = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "ed25519, secp256k1, ecdsa or rsa (default: ${DEFAULT-VALUE}).")
  KeyType type = KeyType.ED25519;

  @Mixin OutputOptions output = new OutputOptions();

  KeyGenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    IdCommand.print(terminal, output, KeyFile.create(terminal.file(file), type));
    return Exit.OK.code();
  }
}
