package io.kadenza.node.cli;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.node.interop.InteropPeer;
import io.kadenza.node.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `kad interop-peer`: a node that the interoperability driver commands over standard input.
@Command(
    name = "interop-peer",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Speaks the peer protocol of interop/README.md on standard input and output.")
final class InteropPeerCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--key-type", paramLabel = "TYPE", description = "Of its identity.")
  KeyType type = KeyType.ED25519;

  @Option(names = "--protocol", paramLabel = "ID", description = "Of its DHT.")
  String protocol = KadConfig.AMINO;

  InteropPeerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (var peer = InteropPeer.start(Identity.generate(type), protocol, Version.number())) {
      peer.serve(terminal);
    }
    return 0;
  }
}
