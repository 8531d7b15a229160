package io.kadenza.node.cli;

import io.kadenza.host.Connection;
import io.kadenza.host.EventStream;
import io.kadenza.host.HostEvent;
import io.kadenza.host.Identification;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kad identify`: what a peer says of itself.
@Command(
    name = "identify",
    mixinStandardHelpOptions = true,
    description = "Prints what a peer says of itself with /ipfs/id/1.0.0.",
    footerHeading = "%nExample:%n",
    footer = {
      "  kad identify /ip4/127.0.0.1/tcp/8000",
      "",
      "Exit codes: 0 identified, 4 no answer in time, 5 not reachable."
    })
final class IdentifyCommand implements Callable<Integer> {
  private static final int EVENTS = 64;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ADDR", description = "The peer's address.")
  String address = "";

  @Mixin DialOptions dial = new DialOptions();
  @Mixin OutputOptions output = new OutputOptions();

  IdentifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Multiaddr where = DialOptions.address(address);
    var deadline = dial.deadline();
    try (var host = dial.host(terminal);
        var events = host.events(EVENTS)) {
      Connection connection = dial.connect(host, where, deadline);
      print(connection, await(events, connection.peer(), deadline));
    }
    return Exit.OK.code();
  }

  private static Identification await(EventStream<HostEvent> events, PeerId peer, Deadline deadline)
      throws InterruptedException {
    while (true) {
      HostEvent event =
          events
              .next(deadline.left())
              .orElseThrow(
                  () -> new Failure(Exit.TIMEOUT, peer + " did not identify itself in time"));
      switch (event) {
        case HostEvent.Identified(PeerId who, Identification what) when who.equals(peer) -> {
          return what;
        }
        case HostEvent.IdentifyFailed(PeerId who, String why) when who.equals(peer) ->
            throw new Failure(Exit.NO_PEER, peer + " does not identify itself: " + why);
        default -> {}
      }
    }
  }

  private void print(Connection connection, Identification told) {
    if (output.json) {
      var line =
          JsonLine.of("kad.identify/v1")
              .with("id", connection.peer().toString())
              .with("key_type", connection.peerKey().type().toString())
              .with("agent", told.agent())
              .with("protocol_version", told.protocolVersion())
              .with("protocols", told.protocols())
              .with("addrs", told.addresses().stream().map(Object::toString).toList())
              .with("certified", told.certified());
      told.observed().ifPresent(us -> line.with("observed", us.toString()));
      terminal.say(line.toString());
      return;
    }
    terminal.say("id:        " + connection.peer());
    terminal.say("key:       " + connection.peerKey().type());
    terminal.say("agent:     " + told.agent());
    if (!told.protocolVersion().isEmpty()) {
      terminal.say("version:   " + told.protocolVersion());
    }
    told.addresses()
        .forEach(a -> terminal.say("address:   " + a + (told.certified() ? "" : " (unsigned)")));
    told.observed().ifPresent(us -> terminal.say("sees us at " + us));
    told.protocols().forEach(protocol -> terminal.say("protocol:  " + protocol));
  }
}
