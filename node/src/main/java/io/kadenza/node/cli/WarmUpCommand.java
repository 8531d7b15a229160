package io.kadenza.node.cli;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import io.kadenza.node.demo.Demo;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `kad warm-up`: touches everything that other commands load, for the launcher's class cache.
@Command(name = "warm-up", hidden = true, description = "Loads what other commands will need.")
final class WarmUpCommand implements Callable<Integer> {
  private static final int NODES = 4;

  private final Terminal terminal;

  @Spec CommandSpec spec = CommandSpec.create();

  WarmUpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    for (CommandLine command : List.copyOf(spec.parent().subcommands().values())) {
      terminal.say(command.getUsageMessage());
    }
    terminal.say(JsonLine.of("kad.warm-up/v1").with("nodes", NODES).toString());
    new CommandLineRunner(terminal).run("id");
    keep();
    return new Demo(terminal, NODES).run().code();
  }

  /// Starts a node with a data directory.
  private static void keep() throws IOException {
    Path directory = Files.createTempDirectory("kad-warm-up");
    List<Multiaddr> listen = List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
    Node.start(Identity.generate(KeyType.ED25519), listen, Part.SERVER, Network.LOCAL, directory)
        .close();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
