package io.kadenza.node.demo;

import io.kadenza.kad.Dht;
import io.kadenza.kad.GetResult;
import io.kadenza.kad.Quorum;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.engine.PeerOutcome;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Cid;
import io.kadenza.multiformats.Multihash;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Counted;
import io.kadenza.node.terminal.Escaped;
import io.kadenza.node.terminal.Palette;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The story: a network comes up, keeps a value, and knows who has some content. Confined to the
/// thread that runs it.
public final class Demo {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Bytes KEY = Bytes.utf8("/v/greeting");
  private static final Bytes VALUE = Bytes.utf8("Hello from a node that has no server");
  private static final Cid CONTENT =
      Cid.v1(Cid.RAW, Multihash.sha256(Bytes.utf8("a picture of a cat").toArray()));

  /// The nodes that store and provide; who fetches is whoever holds nothing yet.
  private static final int STORER = 2;

  private static final int PROVIDER = 3;

  private final Terminal terminal;
  private final Palette palette;
  private final int size;

  public Demo(Terminal terminal, int size) {
    this.terminal = terminal;
    this.palette = terminal.palette();
    this.size = size;
  }

  /// Tells the story.
  ///
  /// @throws Failure if the network does not do what it should
  public Exit run() {
    long started = System.nanoTime();
    line(
        palette.bold("A DHT of " + size + " nodes on this machine, over real TCP on the loopback"));
    try (var network = DemoNetwork.start(size)) {
      chapter("start", "every node listens on a port of its own, and knows nobody");
      network.bootstrap();
      chapter(
          "bootstrap", "each joined by #1; routing tables hold " + network.tableSizes() + " peers");
      Set<PeerId> holders = store(network);
      fetch(network, holders);
      provide(network);
      find(network);
    }
    line("");
    double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
    line(palette.green(String.format(Locale.ROOT, "Done in %.1f s.", seconds)));
    next();
    return Exit.OK;
  }

  private Set<PeerId> store(DemoNetwork network) {
    chapter(
        "store", "#" + STORER + " walks to the key " + KEY.utf8() + " and leaves a value there");
    Dht node = network.node(STORER);
    Outcome.Stored stored;
    try (var _ = DemoTrace.of(node, network, terminal)) {
      stored = node.put(KEY, VALUE, LIMIT);
    }
    check(stored.copies() > 0, "nobody stored the value");
    Set<PeerId> holders = reached(stored.perPeer());
    result("stored at " + names(network, holders), stored.stats());
    return holders;
  }

  private static PeerId idOf(DemoNetwork network, int node) {
    return network.node(node).host().id();
  }

  private void fetch(DemoNetwork network, Set<PeerId> holders) {
    int asker = network.size();
    while (asker > 1 && (asker == STORER || holders.contains(idOf(network, asker)))) {
      asker--;
    }
    String copyless = holders.contains(idOf(network, asker)) ? "" : ", which has no copy,";
    chapter("fetch", "#" + asker + copyless + " looks for it");
    Dht node = network.node(asker);
    GetResult got;
    try (var _ = DemoTrace.of(node, network, terminal)) {
      got = node.get(KEY, Quorum.ALL, LIMIT);
    }
    switch (got) {
      case GetResult.Found(var record, int answers, var stats) ->
          result(
              "\""
                  + Escaped.value(record.value().toArray())
                  + "\" from "
                  + Counted.of(answers, "peer"),
              stats);
      case GetResult.NotFound _ -> check(false, "the value was not found");
    }
  }

  private void provide(DemoNetwork network) {
    chapter("provide", "#" + PROVIDER + " tells the network that it has " + shortened(CONTENT));
    Dht node = network.node(PROVIDER);
    Outcome.Provided provided;
    try (var _ = DemoTrace.of(node, network, terminal)) {
      provided = node.provide(CONTENT, LIMIT);
    }
    check(provided.copies() > 0, "nobody was told of the provider");
    result("told " + names(network, reached(provided.perPeer())), provided.stats());
  }

  private void find(DemoNetwork network) {
    int asker = network.size() == PROVIDER ? 1 : network.size();
    chapter("find", "#" + asker + " asks who has it");
    Dht node = network.node(asker);
    Outcome.Providers found;
    try (var _ = DemoTrace.of(node, network, terminal);
        var search = node.findProviders(CONTENT, 0, LIMIT)) {
      found = search.await();
    }
    check(!found.providers().isEmpty(), "the provider was not found");
    for (PeerInfo provider : found.providers()) {
      result(network.name(provider.id()) + " has it, at " + provider.addresses(), found.stats());
    }
  }

  private void next() {
    line("");
    line("Now with processes of their own, in two terminals:");
    line("  " + palette.bold("./kad run --mode server --port 8000"));
    line("  " + palette.bold("./kad run --mode client"));
    line("and, beside the server, questions of your own:");
    line("  " + palette.bold("./kad put /v/hello world"));
    line("  " + palette.bold("./kad get /v/hello"));
    line("  " + palette.bold("./kad identify /ip4/127.0.0.1/tcp/8000"));
    line("All there is: " + palette.bold("./kad --help"));
  }

  private void chapter(String name, String what) {
    line("");
    line(palette.yellow(String.format("%-11s", name)) + what);
  }

  private void result(String what, LookupStats stats) {
    String cost =
        String.format(
            Locale.ROOT,
            "%d asked, %d hops, %.1f ms",
            stats.asked(),
            stats.hops(),
            stats.took().toNanos() / NANOS_PER_MILLI);
    line("    → " + palette.green(what) + "  " + palette.dim("(" + cost + ")"));
  }

  private static Set<PeerId> reached(List<PeerOutcome> perPeer) {
    return perPeer.stream()
        .filter(PeerOutcome::isStored)
        .map(outcome -> outcome.peer().id())
        .collect(Collectors.toSet());
  }

  private static String names(DemoNetwork network, Set<PeerId> peers) {
    return peers.stream().map(network::name).sorted().collect(Collectors.joining(" "));
  }

  private static String shortened(Cid cid) {
    String text = cid.toString();
    return text.substring(0, 12) + "…";
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new Failure(Exit.INTERNAL, "the demo went wrong: " + otherwise);
    }
  }

  private void line(String text) {
    terminal.out().println(text);
  }
}
