package io.kadenza.node.cli;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyFile;
import io.kadenza.node.Exit;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kad key show`: the public side of an identity file.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what others may know of an identity file.",
      "Peer id, type, public key; the private key is never printed."
    },
    footerHeading = "%nExample:%n",
    footer = "  kad key show node.key")
final class KeyShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "An identity file.")
  String file = "";

  @Mixin OutputOptions output = new OutputOptions();

  KeyShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Identity identity = KeyFile.load(terminal.file(file));
    String publicKey = identity.publicKey().protobuf().toHex();
    if (output.json) {
      terminal.say(
          JsonLine.of("kad.key/v1")
              .with("id", identity.peerId().toString())
              .with("cid", identity.peerId().toCid().toString())
              .with("type", identity.publicKey().type().toString())
              .with("public_key_hex", publicKey)
              .toString());
    } else {
      terminal.say("id:         " + identity.peerId());
      terminal.say("cid:        " + identity.peerId().toCid());
      terminal.say("type:       " + identity.publicKey().type());
      terminal.say("public key: " + publicKey);
    }
    return Exit.OK.code();
  }
}
