package io.kadenza.node.cli;

import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.multiformats.Bytes;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Counted;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad put`: stores a value.
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description = "Stores a value at the peers closest to its key.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad put /v/hello world --bootstrap /ip4/127.0.0.1/tcp/8000/p2p/16Uiu2…",
      "  kad put /v/picture - < small.png       the value from standard input",
      "  kad put /ipns/k51… --file name.ipns-record",
      "",
      "Exit codes: 0 stored somewhere, 4 timeout, 5 no peer reachable, 6 refused as invalid."
    })
final class PutCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "KEY",
      description = "The key, such as /v/hello, /ipns/k51… or /pk/Qm….")
  String key = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VALUE",
      description = "The value; - reads it from standard input.")
  @Nullable String value;

  @Option(names = "--file", paramLabel = "FILE", description = "Read the value from a file.")
  @Nullable String file;

  @Mixin KeySpelling spelling = new KeySpelling();
  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  PutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Bytes name = spelling.recordKey(key);
    Bytes content = content();
    var deadline = network.deadline();
    try (var node = network.join(terminal, List.of(), deadline)) {
      var stored =
          network.traced(
              terminal, node, output, () -> node.dht().put(name, content, deadline.left()));
      return report(name, stored).code();
    }
  }

  private Bytes content() {
    String text = value;
    String name = file;
    if ((text == null) == (name == null)) {
      throw Failure.usage("give a VALUE, - for standard input, or --file FILE");
    }
    int most = RecordLimits.DEFAULT.maxValueBytes();
    String from = name != null ? name : "-";
    Bytes content =
        text == null || text.equals("-")
            ? new InputFile(from).read(terminal, most)
            : Bytes.utf8(text);
    if (content.size() > most) {
      throw Failure.usage("the value is larger than the " + most + " bytes that peers accept");
    }
    return content;
  }

  private Exit report(Bytes name, Outcome.Stored stored) {
    if (output.json) {
      terminal.say(
          JsonLine.of("kad.put/v1")
              .with("key_hex", name.toHex())
              .with("copies", stored.copies())
              .with("peers", Verdicts.tally(stored.perPeer()))
              .with("lookup", Verdicts.json(stored.stats()))
              .toString());
    }
    switch (stored.local()) {
      case INVALID, TOO_LARGE ->
          throw new Failure(Exit.INVALID_RECORD, "the record is invalid: " + stored.why());
      case OUTDATED -> throw new Failure(Exit.INVALID_RECORD, "not stored: " + stored.why());
      case STORED, QUOTA, FULL, UNAVAILABLE -> {}
    }
    Exit exit = Verdicts.told(stored.perPeer(), stored.stats());
    if (exit != Exit.OK) {
      throw new Failure(
          exit, "nobody stored the value: " + Verdicts.deeds(stored.perPeer(), "no peer found"));
    }
    if (!output.json) {
      terminal.say("stored at " + Counted.of(stored.copies(), "peer"));
    }
    return exit;
  }
}
