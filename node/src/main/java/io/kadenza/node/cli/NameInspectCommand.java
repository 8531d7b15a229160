package io.kadenza.node.cli;

import io.kadenza.kad.GetResult;
import io.kadenza.kad.names.Names;
import io.kadenza.kad.record.Verdict;
import io.kadenza.kad.record.ipns.IpnsEntry;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;
import io.kadenza.kad.record.ipns.IpnsValidator;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad name inspect`: what a record says, and whether it is to be believed.
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the fields of an IPNS record.",
      "One from a file or standard input, or the newest that the network has of a name,"
          + " which is then verified to be that name's."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad name inspect k51…",
      "  kad name inspect name.ipns-record --verify k51… --dump",
      "  kad get /ipns/k51… | kad name inspect - --json",
      "",
      "Exit codes: 0 shown, and valid if that was asked, 3 not found, 4 timeout,",
      "5 no peer reachable, 6 invalid, or no record at all."
    })
final class NameInspectCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "FILE|-|NAME",
      description = "A file, - for standard input, or a name such as k51… to look for.")
  String source = "";

  @Option(
      names = "--verify",
      paramLabel = "NAME",
      description = "Check that the record is this name's, and not expired.")
  @Nullable String verify;

  @Option(names = "--dump", description = "Also print the record's bytes in hexadecimal.")
  boolean dump;

  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  NameInspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<IpnsName> searched = name(source);
    Optional<IpnsName> owner =
        verify == null ? searched : Optional.of(IpnsName.parse(String.valueOf(verify)));
    Bytes record =
        searched.isPresent()
            ? fetch(searched.get())
            : new InputFile(source).read(terminal, IpnsRecord.MAX_BYTES);
    IpnsEntry entry = read(record);
    Optional<Verdict> verdict =
        owner.map(o -> new IpnsValidator().validate(o.key(), record, Instant.now()));
    var report = new IpnsReport(owner, record, entry, verdict);
    if (output.json) {
      terminal.say(report.json(dump).toString());
    } else {
      report.lines().forEach(terminal::say);
      if (dump) {
        HexDump.lines(record.toArray()).forEach(terminal::say);
      }
    }
    return verdict.isPresent() && !verdict.get().isValid()
        ? Exit.INVALID_RECORD.code()
        : Exit.OK.code();
  }

  private static IpnsEntry read(Bytes record) {
    try {
      IpnsEntry entry = IpnsEntry.read(record);
      if (!entry.hasFirstVersion() && !entry.hasSecondVersion()) {
        throw new MalformedException("it has neither a value nor a signature");
      }
      return entry;
    } catch (MalformedException e) {
      throw new Failure(Exit.INVALID_RECORD, "not an IPNS record: " + e.getMessage());
    }
  }

  /// The name that the argument is, unless it names a file.
  private Optional<IpnsName> name(String text) {
    if (text.equals("-") || Files.exists(terminal.file(text))) {
      return Optional.empty();
    }
    try {
      return Optional.of(IpnsName.parse(text));
    } catch (MalformedException e) {
      throw Failure.usage("neither a file nor a name: " + MalformedException.quote(text));
    }
  }

  private Bytes fetch(IpnsName name) {
    var deadline = network.deadline();
    try (var node = network.join(terminal, List.of(), deadline)) {
      var result =
          network.traced(
              terminal,
              node,
              output,
              () -> node.dht().get(name.key(), Names.QUORUM, deadline.left()));
      return switch (result) {
        case GetResult.Found found -> {
          node.settle(deadline);
          yield found.record().value();
        }
        case GetResult.NotFound(_, var lookup) ->
            throw new Failure(
                Verdicts.nothing(lookup),
                "no record found of " + name.path() + " (" + Verdicts.text(lookup) + ")");
      };
    }
  }
}
