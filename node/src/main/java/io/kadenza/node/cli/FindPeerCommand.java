package io.kadenza.node.cli;

import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kad findpeer`: where a peer is.
@Command(
    name = "findpeer",
    mixinStandardHelpOptions = true,
    description = "Looks for a peer and prints its addresses, one a line.",
    footerHeading = "%nExample:%n",
    footer = {
      "  kad findpeer 16Uiu2HAm… --bootstrap /ip4/127.0.0.1/tcp/8000/p2p/16Uiu2…",
      "",
      "Exit codes: 0 found, 3 nobody knows it, 4 timeout, 5 no peer reachable."
    })
final class FindPeerCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ID", description = "The peer id, in any spelling.")
  String id = "";

  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  FindPeerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    PeerId peer = PeerId.parse(id);
    var deadline = network.deadline();
    try (var node = network.join(terminal, List.of(), deadline)) {
      var found =
          network.traced(terminal, node, output, () -> node.dht().findPeer(peer, deadline.left()));
      print(
          found
              .peer()
              .orElseThrow(() ->
                  new Failure(
                      Verdicts.nothing(found.stats()),
                      "nobody knows where "
                          + peer
                          + " is ("
                          + Verdicts.text(found.stats())
                          + ")")));
      return Verdicts.something(found.stats()).code();
    }
  }

  private void print(PeerInfo info) {
    List<String> addresses = info.addresses().stream().flatMap(a -> whole(a, info.id())).toList();
    if (output.json) {
      terminal.say(
          JsonLine.of("kad.findpeer/v1")
              .with("id", info.id().toString())
              .with("addrs", addresses)
              .toString());
    } else {
      addresses.forEach(terminal::say);
    }
  }

  /// An address with the peer at its end; none if there is no place for it, as behind the path of
  /// `/unix`, for then nobody could dial the peer there.
  private static Stream<String> whole(Multiaddr address, PeerId peer) {
    try {
      return Stream.of(address.withPeer(peer).toString());
    } catch (MalformedException noPlace) {
      return Stream.of();
    }
  }
}
