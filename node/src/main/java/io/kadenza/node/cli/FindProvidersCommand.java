package io.kadenza.node.cli;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad findprovs`: who has some content.
@Command(
    name = "findprovs",
    mixinStandardHelpOptions = true,
    description = "Prints the providers of some content, one a line, as found.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad findprovs bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy -n 5",
      "  kad findprovs --hex 361f2ed1183bca491b8aec11f0b9e5c06724759b0f7480ae7fb4894901993bc8",
      "",
      "Exit codes: 0 found, 3 nobody has it, 4 timeout (what was found is printed), 5 no peer",
      "reachable."
    })
final class FindProvidersCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "KEY|CID",
      description = "A CID, or any key of 1 to 80 bytes.")
  String key = "";

  @Option(
      names = {"-n", "--num-providers"},
      paramLabel = "N",
      description = "How many are enough; 0 for as many as there are (default: 20).")
  int count = 20;

  @Mixin KeySpelling spelling = new KeySpelling();
  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  FindProvidersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Bytes name = spelling.contentKey(key);
    if (count < 0) {
      throw Failure.usage("invalid -n " + count + ": expected 0 or more");
    }
    var deadline = network.deadline();
    int found = 0;
    LookupStats stats;
    try (var node = network.join(terminal, List.of(), deadline);
        var _ = network.trace(terminal, node, output);
        var search = node.dht().findProviders(name, count, deadline.left())) {
      for (PeerInfo provider : search) {
        print(provider);
        found++;
      }
      stats = search.await().stats();
    }
    if (found == 0) {
      throw new Failure(
          Verdicts.nothing(stats),
          "nobody provides " + KeySpelling.shown(key) + " (" + Verdicts.text(stats) + ")");
    }
    return Verdicts.something(stats).code();
  }

  private void print(PeerInfo provider) {
    terminal.say(
        output.json
            ? JsonLine.of("kad.provider/v1")
                .with("id", provider.id().toString())
                .with("addrs", provider.addresses().stream().map(Object::toString).toList())
                .toString()
            : provider.id().toString());
  }
}
