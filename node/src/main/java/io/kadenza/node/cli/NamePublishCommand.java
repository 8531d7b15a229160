package io.kadenza.node.cli;

import io.kadenza.crypto.Identity;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.names.Names;
import io.kadenza.kad.names.PublishTerms;
import io.kadenza.kad.names.Published;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.record.ipns.IpnsRecord;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Cid;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Counted;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad name publish`: makes a name point at some content.
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the name of an identity point at a path.",
      "Signs a record and stores it at the peers closest to the name. The record is one"
          + " version newer than any that is found."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad name publish /ipfs/bafkrei… --identity node.key",
      "  kad name publish /ipns/k51… --identity node.key --lifetime 24h --stay",
      "",
      "Exit codes: 0 stored somewhere, 4 timeout, 5 no peer reachable, 6 refused, as by",
      "peers that have a newer record."
    })
final class NamePublishCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "PATH",
      description = "What the name is to point at: /ipfs/CID…, /ipns/NAME…, or a CID.")
  String path = "";

  @Option(
      names = "--lifetime",
      paramLabel = "TIME",
      description = "How long the record is valid (default: 48h).")
  Duration lifetime = PublishTerms.DEFAULT.lifetime();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      converter = Durations.OrNone.class,
      description =
          "For how long readers may keep it without looking again, 0s to say nothing of it"
              + " (default: 5m).")
  Duration ttl = PublishTerms.DEFAULT.ttl();

  @Option(
      names = "--sequence",
      paramLabel = "N",
      description = "The version of the record, instead of the next one.")
  @Nullable String sequence;

  @Option(
      names = "--v2-only",
      description = "Leave out what readers from before 2021 need: half the size.")
  boolean v2Only;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the record to a file, for kad name inspect and kad put.")
  @Nullable String out;

  @Option(
      names = "--stay",
      description = "Publish it again in time, at least every 22 h, until Ctrl-C.")
  boolean stay;

  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  NamePublishCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Bytes value = value();
    PublishTerms terms = terms();
    if (network.identity.file().isEmpty()) {
      throw Failure.usage(
          "a name belongs to an identity: give --identity FILE (kad key gen FILE makes one)");
    }
    Identity owner = network.identity.identity(terminal);
    var deadline = network.deadline();
    try (var node = network.join(terminal, List.of(), deadline)) {
      Names names = Names.on(node.dht());
      Published published =
          network.traced(
              terminal, node, output, () -> names.publish(owner, value, terms, deadline.left()));
      write(published);
      Exit exit = report(published);
      if (!stay) {
        return exit.code();
      }
      terminal.warn("kad: publishing until Ctrl-C");
      return renew(names, owner, published.record(), terms).code();
    }
  }

  private Bytes value() {
    if (path.startsWith("/")) {
      return Bytes.utf8(path);
    }
    try {
      return Bytes.utf8("/ipfs/" + Cid.parse(path));
    } catch (MalformedException e) {
      throw Failure.usage(
          "a name points at a path, such as /ipfs/CID: " + MalformedException.quote(path));
    }
  }

  private PublishTerms terms() {
    var form = v2Only ? IpnsRecord.Form.V2_ONLY : IpnsRecord.Form.V1_AND_V2;
    try {
      var terms = PublishTerms.DEFAULT.withLifetime(lifetime).withTtl(ttl).withForm(form);
      String version = sequence;
      return version == null ? terms : terms.withSequence(Long.parseUnsignedLong(version));
    } catch (NumberFormatException e) {
      throw Failure.usage("invalid --sequence " + sequence + ": expected 0 to 2^64-1");
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  private void write(Published published) {
    String file = out;
    if (file == null) {
      return;
    }
    try {
      Files.write(terminal.file(file), published.record().bytes().toArray());
    } catch (IOException e) {
      throw new Failure(
          Exit.USAGE,
          "stored at "
              + Counted.of(published.stored().copies(), "peer")
              + ", but cannot write "
              + file
              + " ("
              + Failure.reason(e)
              + ")",
          e);
    }
  }

  private Exit renew(Names names, Identity owner, IpnsRecord first, PublishTerms terms) {
    IpnsRecord last = first;
    try {
      while (true) {
        Thread.sleep(terms.renewEvery());
        Published again = names.renew(owner, last, terms, network.timeout);
        last = again.record();
        if (again.stored().copies() == 0) {
          terminal.warn(
              "kad: nobody took the renewed record; trying again, and the old one holds for now");
        }
      }
    } catch (InterruptedException stopped) {
      return Exit.INTERRUPTED;
    }
  }

  private Exit report(Published published) {
    Outcome.Stored stored = published.stored();
    if (output.json) {
      terminal.say(json(published).toString());
    }
    if (stored.local() == StoreVerdict.INVALID || stored.local() == StoreVerdict.OUTDATED) {
      throw new Failure(Exit.INVALID_RECORD, "the record is refused here: " + stored.why());
    }
    String version = version(published.record());
    Exit exit = Verdicts.told(stored.perPeer(), stored.stats());
    if (exit != Exit.OK) {
      throw new Failure(
          exit,
          "nobody stored version "
              + version
              + " of the name: "
              + Verdicts.deeds(stored.perPeer(), "no peer found")
              + (exit == Exit.INVALID_RECORD ? "; peers may have a newer one" : ""));
    }
    if (!output.json) {
      terminal.say(
          published.name().path()
              + " points at "
              + path(published.record())
              + " (version "
              + version
              + ", "
              + Counted.of(stored.copies(), "peer")
              + ")");
    }
    return exit;
  }

  private static JsonLine json(Published published) {
    Outcome.Stored stored = published.stored();
    IpnsRecord record = published.record();
    return JsonLine.of("kad.name.publish/v1")
        .with("name", published.name().toString())
        .with("value", path(record))
        .with("sequence", version(record))
        .with("expires", record.expires().toString())
        .with("ttl_ms", record.ttl().toMillis())
        .with("size", record.bytes().size())
        .with("copies", stored.copies())
        .with("peers", Verdicts.tally(stored.perPeer()))
        .with("lookup", Verdicts.json(stored.stats()));
  }

  private static String version(IpnsRecord record) {
    return Long.toUnsignedString(record.sequence());
  }

  private static String path(IpnsRecord record) {
    return record.value().utf8();
  }
}
