package io.kadenza.node.cli;

import io.kadenza.multiformats.Bytes;
import io.kadenza.node.Exit;
import io.kadenza.node.control.ControlRequest;
import io.kadenza.node.terminal.Counted;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// `kad records ls`: the values that a node holds.
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the values that a node holds.",
      "Size, age, for how much longer, who stored it, and the key; then how many there"
          + " are, and how many provider records. With --data the node need not run: its"
          + " directory is then read, and not changed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad records ls                 of the node that runs in this directory",
      "  kad records ls --data node     of that node, whether it runs or is stopped",
      "  kad records ls --json",
      "",
      "Exit codes: 0 listed, 2 the directory cannot be read, 5 no node answers."
    })
final class RecordsListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin RecordHolder holder = new RecordHolder();
  @Mixin OutputOptions output = new OutputOptions();

  RecordsListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    holder.ask(
        terminal,
        new ControlRequest.Values(),
        (json, line) -> {
          if (output.json) {
            terminal.say(json);
          } else {
            print(line);
          }
        });
    return Exit.OK.code();
  }

  private void print(JsonNode line) {
    switch (line.path("schema").asString("")) {
      case "kad.value/v1" ->
          terminal.say(
              String.format(
                  Locale.ROOT,
                  "%6d B  %8s old  %8s left  %s  %s",
                  line.path("size").asInt(0),
                  age(line.path("age_ms")),
                  age(line.path("left_ms")),
                  line.path("own").asBoolean(false) ? "own     " : end(line.path("from")),
                  key(line)));
      case "kad.values/v1" ->
          terminal.say(
              String.format(
                  "%s, %s%s",
                  Counted.of(line.path("values").asInt(0), "value"),
                  Counted.of(line.path("provider_records").asInt(0), "provider record"),
                  line.has("network") ? " in the " + network(line) : ""));
      default -> {}
    }
  }

  /// The end of a peer id, which tells peers apart.
  private static String end(JsonNode peer) {
    String id = peer.asString("");
    return id.substring(Math.max(0, id.length() - 8));
  }

  /// Which of two networks a line is about.
  static String network(JsonNode line) {
    return line.path("network").asString("").equals("lan") ? "local network" : "public network";
  }

  /// The key as one would write it to have the record shown, else in hexadecimal.
  private static String key(JsonNode line) {
    String hex = line.path("key_hex").asString("");
    return line.has("key")
        ? line.path("key").asString("")
        : KeySpelling.named(Bytes.fromHex(hex)).orElse(hex);
  }

  static String age(JsonNode millis) {
    return Ages.text(Duration.ofMillis(millis.asLong(0)));
  }
}
