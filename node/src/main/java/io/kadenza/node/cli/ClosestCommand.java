package io.kadenza.node.cli;

import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kad closest`: who is responsible for a key.
@Command(
    name = "closest",
    mixinStandardHelpOptions = true,
    description = {
      "Walks to a key and prints the closest peers, the closest first.",
      "Each with the number of leading bits that its place in the keyspace shares with the key's."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad closest /v/hello --bootstrap /ip4/127.0.0.1/tcp/8000/p2p/16Uiu2…",
      "  kad closest --base58 16Uiu2HAm…        the neighbours of a peer",
      "",
      "Exit codes: 0 found, 4 timeout (what was found is printed), 5 no peer",
      "reachable."
    })
final class ClosestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "KEY", description = "A record key or any other bytes.")
  String key = "";

  @Mixin KeySpelling spelling = new KeySpelling();
  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  ClosestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Bytes name = spelling.recordKey(key);
    KadKey target = KadKey.of(name);
    var deadline = network.deadline();
    try (var node = network.join(terminal, List.of(), deadline)) {
      var closest =
          network.traced(terminal, node, output, () -> node.dht().closest(name, deadline.left()));
      if (closest.peers().isEmpty()) {
        throw new Failure(
            Verdicts.nothing(closest.stats()),
            "no peer found (" + Verdicts.text(closest.stats()) + ")");
      }
      closest.peers().forEach(peer -> print(peer, target));
      return Verdicts.something(closest.stats()).code();
    }
  }

  private void print(PeerInfo peer, KadKey target) {
    var distance = KadKey.of(peer.id()).distance(target);
    terminal.say(
        output.json
            ? JsonLine.of("kad.closest/v1")
                .with("id", peer.id().toString())
                .with("addrs", peer.addresses().stream().map(Object::toString).toList())
                .with("distance", distance.toString())
                .with("shared_bits", distance.leadingZeros())
                .toString()
            : peer.id() + " " + distance.leadingZeros());
  }
}
