package io.kadenza.node.cli;

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

/// `kad status`: how a node that runs is.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints how a node that runs (kad run) is, and what it knows.",
    footerHeading = "%nExample:%n",
    footer = {"  kad status", "", "Exit codes: 0 printed, 5 no node answers there."})
final class StatusCommand implements Callable<Integer> {
  /// A sweep tells region by region, so it is always a little late.
  private static final Duration WORTH_TELLING = Duration.ofMinutes(1);

  private static final double PERCENT = 100;

  private final Terminal terminal;

  @Mixin RunningNode node = new RunningNode();
  @Mixin OutputOptions output = new OutputOptions();

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    node.print(terminal, new ControlRequest.Status(), output, this::print);
    return Exit.OK.code();
  }

  private void print(JsonNode status) {
    line("id", status.path("id"));
    line("agent", status.path("agent"));
    belonging("network", status);
    status.path("addrs").forEach(address -> line("address", address));
    line("connected", status.path("peers_connected"));
    line("known", status.path("peers_known"));
    about(status);
    if (status.has("lan")) {
      belonging("local network", status.path("lan"));
      about(status.path("lan"));
    }
  }

  private void belonging(String name, JsonNode member) {
    line(name, member.path("protocol"));
    line("mode", member.path("mode"));
  }

  private void about(JsonNode member) {
    line("in the table", member.path("table_peers"));
    if (member.has("network_size")) {
      line("servers, about", member.path("network_size"));
    }
    line("values held", member.path("values"));
    line("providers held", member.path("provider_records"));
    if (member.has("providing")) {
      providing(member.path("providing"));
    }
    if (member.has("degraded")) {
      line("refuses stores", member.path("degraded"));
    }
    counted("asked us", member, "rpc.inbound.messages", "rpc.inbound.message_errors");
    counted("we asked", member, "rpc.outbound.requests", "rpc.outbound.request_errors");
  }

  private void providing(JsonNode sweep) {
    var lag = Duration.ofMillis(sweep.path("lag_ms").asLong(0));
    String late = lag.compareTo(WORTH_TELLING) < 0 ? "" : ", late by " + Ages.text(lag);
    terminal.say(
        String.format(
            Locale.ROOT,
            "%-15s %s, %,d to be told; %.0f %% of the cycle%s%s",
            "provides:",
            Counted.of(sweep.path("keys").asLong(0), "key"),
            sweep.path("waiting").asLong(0),
            PERCENT * sweep.path("cycle").asDouble(0),
            late,
            sweep.path("offline").asBoolean(false) ? "; nobody answers" : ""));
  }

  private void counted(String name, JsonNode status, String all, String errors) {
    terminal.say(
        String.format(
            Locale.ROOT, "%-15s %d, %d failed", name + ":", sum(status, all), sum(status, errors)));
  }

  /// A counter over all message types.
  private static long sum(JsonNode status, String counter) {
    long sum = 0;
    for (JsonNode entry : status.path("counters")) {
      sum += entry.path("name").asString("").equals(counter) ? entry.path("value").asLong(0) : 0;
    }
    return sum;
  }

  private void line(String name, JsonNode value) {
    terminal.say(String.format("%-15s %s", name + ":", value.asString("")));
  }
}
