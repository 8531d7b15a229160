package io.kadenza.node.cli;

import io.kadenza.kad.GetResult;
import io.kadenza.kad.Quorum;
import io.kadenza.multiformats.Bytes;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Escaped;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad get`: fetches a value.
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = {
      "Fetches the best value under a key.",
      "It is printed alone: its bytes as they are into a file or pipe, with control"
          + " characters escaped on a terminal."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad get /v/hello --bootstrap /ip4/127.0.0.1/tcp/8000/p2p/16Uiu2…",
      "  kad get --base58 FVDjasarSFDoLPMdgnp1dHSbW2ZAfN8NU2zNbCQeczgP",
      "",
      "Exit codes: 0 found, 3 not found, 4 timeout, 5 no peer reachable."
    })
final class GetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "KEY",
      description = "The key, such as /v/hello, /ipns/k51… or /pk/Qm….")
  String key = "";

  @Option(
      names = "--quorum",
      paramLabel = "N",
      description = "How many valid answers are enough; 0 asks everyone who is close (default: 0).")
  int quorum;

  @Mixin KeySpelling spelling = new KeySpelling();
  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Bytes name = spelling.recordKey(key);
    if (quorum < 0) {
      throw Failure.usage("invalid --quorum " + quorum + ": expected 0 or more");
    }
    var deadline = network.deadline();
    try (var node = network.join(terminal, List.of(), deadline)) {
      var result =
          network.traced(
              terminal,
              node,
              output,
              () -> node.dht().get(name, Quorum.of(quorum), deadline.left()));
      return switch (result) {
        case GetResult.Found found -> {
          Exit exit = print(name, found);
          node.settle(deadline);
          yield exit.code();
        }
        case GetResult.NotFound(_, var stats) ->
            throw new Failure(
                Verdicts.nothing(stats),
                "no value found for " + KeySpelling.shown(key) + " (" + Verdicts.text(stats) + ")");
      };
    }
  }

  private Exit print(Bytes name, GetResult.Found found) {
    byte[] value = found.record().value().toArray();
    if (output.json) {
      var line = JsonLine.of("kad.get/v1").with("key_hex", name.toHex());
      Escaped.utf8(value).ifPresent(text -> line.with("value", text));
      line.with("value_base64", Base64.getEncoder().encodeToString(value))
          .with("answers", found.answers())
          .with("lookup", Verdicts.json(found.stats()));
      terminal.say(line.toString());
    } else if (terminal.outIsTty()) {
      terminal.out().println(Escaped.value(value));
    } else {
      terminal.out().write(value, 0, value.length);
      terminal.out().flush();
    }
    return Verdicts.something(found.stats());
  }
}
