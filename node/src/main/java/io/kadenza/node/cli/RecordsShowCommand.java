package io.kadenza.node.cli;

import io.kadenza.kad.record.ipns.IpnsEntry;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsValidator;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.control.ControlRequest;
import io.kadenza.node.terminal.Escaped;
import io.kadenza.node.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `kad records show`: what a node holds under a key.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the value that a node holds under a key, and its providers.",
      "If it is an IPNS record, its fields too. With --data the node need not run: its"
          + " directory is then read, and not changed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad records show /v/hello",
      "  kad records show /ipns/k51… --out name.ipns-record",
      "  kad records show bafkrei…              the providers of a CID's content",
      "  kad records show /v/hello --data node  whether that node runs or is stopped",
      "",
      "Exit codes: 0 shown, 2 the directory cannot be read, 3 the node holds nothing",
      "of that key, or with --out no value, 5 no node answers."
    })
final class RecordsShowCommand implements Callable<Integer> {
  private static final String VALUE = "value:      ";
  private static final String NEXT_LINE = "\n" + " ".repeat(VALUE.length());

  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "KEY|CID",
      description = "A record key such as /v/hello, a CID, or any bytes.")
  String key = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the value's bytes, as they are, into a file instead of showing them.")
  @Nullable String out;

  @Mixin KeySpelling spelling = new KeySpelling();
  @Mixin RecordHolder holder = new RecordHolder();
  @Mixin OutputOptions output = new OutputOptions();

  private boolean found;
  private boolean saved;

  RecordsShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Bytes name = spelling.anyKey(key);
    holder.ask(
        terminal,
        new ControlRequest.Show(name),
        (text, line) -> {
          found = true;
          show(name, text, line);
        });
    if (!found) {
      throw new Failure(Exit.NOT_FOUND, "the node holds nothing under " + KeySpelling.shown(key));
    }
    if (out != null && !saved) {
      throw new Failure(Exit.NOT_FOUND, "the node holds no value under " + KeySpelling.shown(key));
    }
    return Exit.OK.code();
  }

  private void show(Bytes name, String text, JsonNode line) {
    boolean isValue = line.path("schema").asString("").equals("kad.value/v1");
    String file = out;
    if (file != null && isValue) {
      write(file, value(line));
      saved = true;
    }
    if (output.json) {
      terminal.say(text);
    } else if (isValue) {
      printValue(name, line);
    } else {
      String where = line.has("network") ? ", in the " + RecordsListCommand.network(line) : "";
      terminal.say("provider: " + line.path("id").asString("") + where);
      line.path("addrs").forEach(address -> terminal.say("  " + address.asString("")));
    }
  }

  private static byte[] value(JsonNode line) {
    return Base64.getDecoder().decode(line.path("value_base64").asString(""));
  }

  private void printValue(Bytes name, JsonNode line) {
    byte[] value = value(line);
    if (line.has("network")) {
      terminal.say("network:    " + RecordsListCommand.network(line));
    }
    terminal.say("from:       " + line.path("from").asString(""));
    terminal.say("age:        " + RecordsListCommand.age(line.path("age_ms")));
    terminal.say("expires:    " + line.path("expires").asString(""));
    terminal.say("size:       " + value.length + " bytes");
    Optional<IpnsReport> report = ipns(name, value);
    if (report.isPresent()) {
      report.get().lines().forEach(terminal::say);
    } else if (out == null) {
      // Further lines are set in, lest they pass for fields or providers.
      terminal.out().println(VALUE + Escaped.value(value).replace("\n", NEXT_LINE));
    }
  }

  /// The fields of an IPNS record; empty for any other value.
  private static Optional<IpnsReport> ipns(Bytes name, byte[] value) {
    try {
      var owner = IpnsName.ofKey(name);
      Bytes record = Bytes.wrap(value);
      var verdict = new IpnsValidator().validate(name, record, Instant.now());
      return Optional.of(
          new IpnsReport(Optional.of(owner), record, IpnsEntry.read(record), Optional.of(verdict)));
    } catch (MalformedException notOne) {
      return Optional.empty();
    }
  }

  private void write(String file, byte[] value) {
    try {
      Files.write(terminal.file(file), value);
    } catch (IOException e) {
      throw Failure.file("cannot write " + file, e);
    }
  }
}
