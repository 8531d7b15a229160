package io.kadenza.node.cli;

import io.kadenza.node.Exit;
import io.kadenza.node.control.ControlRequest;
import io.kadenza.node.terminal.Counted;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// `kad table`: the routing table of a node that runs.
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the routing table of a node that runs (kad run).",
      "Bucket by bucket: @ for a connected peer, its id, how long ago it last answered,"
          + " its agent, and where it is."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad table                      of the node that runs in this directory",
      "  kad table --control /run/kad.sock --json",
      "",
      "Exit codes: 0 printed, 5 no node answers there."
    })
final class TableCommand implements Callable<Integer> {
  private static final int CELLS = 20;

  private final Terminal terminal;

  @Mixin RunningNode node = new RunningNode();
  @Mixin OutputOptions output = new OutputOptions();

  private int k = CELLS;

  TableCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var page = new BucketPage();
    node.print(terminal, new ControlRequest.Table(), output, page::take);
    page.finish();
    return Exit.OK.code();
  }

  /// Gathers the lines of one bucket, whose head says how many there are.
  private final class BucketPage {
    private final List<String> lines = new ArrayList<>();
    private int bucket = -1;
    private int peers;
    private int waiting;

    void take(JsonNode line) {
      switch (line.path("schema").asString("")) {
        case "kad.table/v1" -> {
          finish();
          head(line);
        }
        case "kad.table.peer/v1" -> {
          turnTo(line.path("bucket").asInt(0));
          peers++;
          lines.add(peer(line));
        }
        case "kad.table.waiting/v1" -> {
          turnTo(line.path("bucket").asInt(0));
          waiting++;
        }
        default -> {}
      }
    }

    private void turnTo(int next) {
      if (next != bucket) {
        finish();
        bucket = next;
      }
    }

    void finish() {
      if (bucket < 0) {
        return;
      }
      int full = Math.min(CELLS, Math.ceilDiv(peers * CELLS, Math.max(1, k)));
      terminal.say(
          String.format(
              Locale.ROOT,
              "bucket %3d  %s  %d of %d%s",
              bucket,
              "▰".repeat(full) + "▱".repeat(CELLS - full),
              peers,
              k,
              waiting == 0 ? "" : ", " + waiting + " waiting"));
      lines.forEach(terminal::say);
      lines.clear();
      bucket = -1;
      peers = 0;
      waiting = 0;
    }
  }

  private void head(JsonNode line) {
    k = line.path("k").asInt(CELLS);
    terminal.say(
        line.path("id").asString("")
            + ", "
            + line.path("mode").asString("")
            + " of "
            + line.path("protocol").asString(""));
    var about = new StringBuilder();
    about.append(Counted.of(line.path("peers").asInt(0), "peer"));
    if (line.has("network_size")) {
      about.append(" of about ").append(Counted.of(line.path("network_size").asLong(0), "server"));
    }
    if (line.has("refreshed_ms")) {
      about.append(", refreshed ").append(ago(line.path("refreshed_ms")));
    }
    terminal.say(about.toString());
  }

  private static String peer(JsonNode line) {
    int failures = line.path("failures").asInt(0);
    String last =
        failures == 0
            ? ago(line.path("answered_ms"))
            : ago(line.path("answered_ms")) + ", then " + failures + " failed";
    var addresses = line.path("addrs");
    return String.format(
        "  %s %-52s  %-10s  %-16s  %s",
        line.path("connected").asBoolean(false) ? "@" : " ",
        line.path("id").asString(""),
        last,
        line.path("agent").asString(""),
        addresses.path(0).asString("nowhere"));
  }

  private static String ago(JsonNode millis) {
    return Ages.text(Duration.ofMillis(millis.asLong(0))) + " ago";
  }
}
