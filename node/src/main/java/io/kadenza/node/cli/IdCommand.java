package io.kadenza.node.cli;

import io.kadenza.crypto.Identity;
import io.kadenza.node.Exit;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `kad id`: the peer id of an identity.
@Command(
    name = "id",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the peer id of an identity file, made if there is none.",
      "Without --identity that of a new identity, such as a node gets at each start."
    },
    footerHeading = "%nExample:%n",
    footer = "  kad id --identity node.key")
final class IdCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin IdentityOptions identity = new IdentityOptions();
  @Mixin OutputOptions output = new OutputOptions();

  IdCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    print(terminal, output, identity.identity(terminal));
    return Exit.OK.code();
  }

  static void print(Terminal terminal, OutputOptions output, Identity identity) {
    terminal.say(
        output.json
            ? JsonLine.of("kad.id/v1")
                .with("id", identity.peerId().toString())
                .with("cid", identity.peerId().toCid().toString())
                .with("type", identity.publicKey().type().toString())
                .toString()
            : identity.peerId().toString());
  }
}
