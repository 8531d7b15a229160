package io.kadenza.node.cli;

import io.kadenza.kad.Quorum;
import io.kadenza.kad.names.Names;
import io.kadenza.kad.names.Resolution;
import io.kadenza.kad.record.ipns.IpnsName;
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

/// `kad name resolve`: what a name points at.
@Command(
    name = "resolve",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the path that the newest record of a name points at, alone.",
      "Names that point at names are followed. Names in the domain system (DNSLink) are not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad name resolve k51qzi5uqu5dlkw8pxuw9qmqayfdeh4kfebhmreauqdc6a7c3y7d5i9fi8mk9w",
      "  kad name resolve /ipns/12D3Koo… --json",
      "",
      "Exit codes: 0 found, 3 not found, or names in a circle, 4 timeout, 5 no peer",
      "reachable, 6 only records older than one seen before."
    })
final class NameResolveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "k51…, a peer id, or /ipns/ and one of these.")
  String name = "";

  @Option(
      names = "--quorum",
      paramLabel = "N",
      description =
          "How many valid records are enough; 0 asks everyone who is close (default: 16).")
  int quorum = Names.QUORUM.answers();

  @Option(
      names = "--no-recursive",
      description = "Print what the name's own record says, also if that is another name.")
  boolean once;

  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  NameResolveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    IpnsName wanted = IpnsName.parse(name);
    if (quorum < 0) {
      throw Failure.usage("invalid --quorum " + quorum + ": expected 0 or more");
    }
    var deadline = network.deadline();
    try (var node = network.join(terminal, List.of(), deadline)) {
      Names names = Names.on(node.dht(), Quorum.of(quorum));
      Resolution end =
          network.traced(
              terminal,
              node,
              output,
              () ->
                  once
                      ? names.lookUp(wanted, deadline.left())
                      : names.resolve(wanted, deadline.left()));
      return switch (end) {
        case Resolution.Found found -> {
          Exit exit = print(wanted, found);
          node.settle(deadline);
          yield exit.code();
        }
        case Resolution.NotFound(IpnsName missing, var lookup) ->
            throw new Failure(
                Verdicts.nothing(lookup),
                "no record found of " + missing.path() + " (" + Verdicts.text(lookup) + ")");
        case Resolution.RolledBack(IpnsName old, var offered, long highest) ->
            throw new Failure(
                Exit.INVALID_RECORD,
                "peers have only version "
                    + Long.toUnsignedString(offered.sequence())
                    + " of "
                    + old.path()
                    + "; version "
                    + Long.toUnsignedString(highest)
                    + " has been seen");
        case Resolution.TooDeep(Bytes next) ->
            throw new Failure(
                Exit.NOT_FOUND,
                "the name points at names without an end, such as "
                    + Escaped.value(next.toArray()));
      };
    }
  }

  private Exit print(IpnsName wanted, Resolution.Found found) {
    byte[] value = found.value().toArray();
    Resolution.Step last = found.steps().getLast();
    if (output.json) {
      var line = JsonLine.of("kad.name.resolve/v1").with("name", wanted.toString());
      Escaped.utf8(value).ifPresent(text -> line.with("value", text));
      line.with("value_base64", Base64.getEncoder().encodeToString(value))
          .with("sequence", Long.toUnsignedString(last.record().sequence()))
          .with("expires", found.expires().toString())
          .with("ttl_ms", found.ttl().toMillis())
          .with("answers", last.answers())
          .with("names", found.steps().stream().map(step -> step.name().toString()).toList());
      last.lookup().ifPresent(lookup -> line.with("lookup", Verdicts.json(lookup)));
      terminal.say(line.toString());
    } else {
      terminal.say(Escaped.value(value));
    }
    return last.lookup().map(Verdicts::something).orElse(Exit.OK);
  }
}
