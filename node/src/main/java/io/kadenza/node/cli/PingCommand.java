package io.kadenza.node.cli;

import io.kadenza.host.Connection;
import io.kadenza.host.Ping;
import io.kadenza.host.StreamException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad ping`: round trips to a peer.
@Command(
    name = "ping",
    mixinStandardHelpOptions = true,
    description = "Connects to a peer and measures round trips with /ipfs/ping/1.0.0.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad ping /ip4/127.0.0.1/tcp/8000/p2p/16Uiu2… --count 3",
      "  kad ping /ip4/127.0.0.1/tcp/8000       whoever is there",
      "",
      "Exit codes: 0 answered, 4 no answer in time, 5 not reachable."
    })
final class PingCommand implements Callable<Integer> {
  private static final int MAX_COUNT = 1_000_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ADDR", description = "The peer's address.")
  String address = "";

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      description = "How many round trips (default: 4).")
  int count = 4;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "The pause between two (default: 200ms).")
  Duration interval = Duration.ofMillis(200);

  @Mixin DialOptions dial = new DialOptions();
  @Mixin OutputOptions output = new OutputOptions();

  PingCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Multiaddr where = DialOptions.address(address);
    if (count < 1 || count > MAX_COUNT) {
      throw Failure.usage("invalid --count " + count + ": expected 1 to " + MAX_COUNT);
    }
    try (var host = dial.host(terminal)) {
      Connection connection = dial.connect(host, where, dial.deadline());
      try (var ping = Ping.on(connection, dial.timeout)) {
        // No more once nobody reads of it.
        for (int i = 1; i <= count; i++) {
          print(i, connection, ping.once(dial.timeout));
          if (i == count || terminal.out().checkError()) {
            break;
          }
          Thread.sleep(interval);
        }
      } catch (StreamException e) {
        throw new Failure(
            e.reason() == StreamException.Reason.TIMEOUT ? Exit.TIMEOUT : Exit.NO_PEER,
            connection.peer() + " does not answer the ping: " + e.getMessage(),
            e);
      }
    }
    return Exit.OK.code();
  }

  private void print(int number, Connection connection, Duration roundTrip) {
    double millis = roundTrip.toNanos() / NANOS_PER_MILLI;
    terminal.say(
        output.json
            ? JsonLine.of("kad.ping/v1")
                .with("id", connection.peer().toString())
                .with("seq", number)
                .with("rtt_ms", millis)
                .toString()
            : String.format(
                Locale.ROOT, "%s: seq=%d time=%.3f ms", connection.peer(), number, millis));
  }
}
