package io.kadenza.node.cli;

import io.kadenza.kad.engine.Outcome;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad provide`: advertises content.
@Command(
    name = "provide",
    mixinStandardHelpOptions = true,
    description =
        "Tells the peers closest to a content key that this node has the content. The"
            + " record names this node's identity and address: use --identity and --stay when others"
            + " are to reach it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad provide bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy --stay",
      "  kad provide --hex 361f2ed1183bca491b8aec11f0b9e5c06724759b0f7480ae7fb4894901993bc8",
      "",
      "Exit codes: 0 somebody was told, 4 timeout, 5 no peer reachable, 6 refused."
    })
final class ProvideCommand implements Callable<Integer> {
  /// "Provider Record Republish Interval: 22h".
  private static final Duration REPUBLISH = Duration.ofHours(22);

  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "KEY|CID",
      description = "A CID, or any key of 1 to 80 bytes.")
  String key = "";

  @Option(
      names = "--stay",
      description = "Stay reachable, and say it again every 22 h, until Ctrl-C.")
  boolean stay;

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      arity = "1",
      parameterConsumer = AddressList.class,
      description = "Where to be reachable (default: /ip4/127.0.0.1/tcp/0).")
  List<Multiaddr> listen = new ArrayList<>();

  @Mixin KeySpelling spelling = new KeySpelling();
  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  ProvideCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Bytes name = spelling.contentKey(key);
    List<Multiaddr> where =
        listen.isEmpty() ? List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")) : listen;
    var deadline = network.deadline();
    try (var node = network.join(terminal, where, deadline)) {
      var provided =
          network.traced(terminal, node, output, () -> node.dht().provide(name, deadline.left()));
      Exit exit = report(name, node, provided);
      if (stay) {
        terminal.warn("kad: providing until Ctrl-C");
      }
      return stay ? stay(node, name).code() : exit.code();
    }
  }

  private Exit stay(Node node, Bytes name) {
    try {
      while (true) {
        Thread.sleep(REPUBLISH);
        var _ = node.dht().provide(name, network.timeout);
      }
    } catch (InterruptedException stopped) {
      return Exit.INTERRUPTED;
    }
  }

  private Exit report(Bytes name, Node node, Outcome.Provided provided) {
    if (output.json) {
      terminal.say(
          JsonLine.of("kad.provide/v1")
              .with("key_hex", name.toHex())
              .with("id", node.host().id().toString())
              .with("copies", provided.copies())
              .with("peers", Verdicts.tally(provided.perPeer()))
              .with("lookup", Verdicts.json(provided.stats()))
              .toString());
    }
    Exit exit = Verdicts.told(provided.perPeer(), provided.stats());
    if (exit != Exit.OK) {
      throw new Failure(exit, "nobody was told: " + Verdicts.text(provided.stats()));
    }
    if (!output.json) {
      terminal.say("told " + provided.copies() + " peers that " + node.host().id() + " has it");
    }
    return exit;
  }
}
