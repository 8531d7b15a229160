package io.kadenza.node.cli;

import io.kadenza.kad.Network;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.AddressFile;
import io.kadenza.node.Failure;
import io.kadenza.node.Part;
import io.kadenza.node.Seed;
import io.kadenza.node.lesson.LessonRun;
import io.kadenza.node.lesson.LessonSettings;
import io.kadenza.node.terminal.LogSetup;
import io.kadenza.node.terminal.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kad run`: a node until it is stopped, with the flags and the story of the
/// universal-connectivity workshop's Kademlia lesson.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a node until Ctrl-C.",
      "A server stores a value and advertises some content; a client looks for both. Both"
          + " join the universal-connectivity topics. On the networks amino and lan a node does"
          + " nothing of its own."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad run --mode server --port 8000 --verbose",
      "  kad run --mode client --verbose         in a second terminal, same directory",
      "  kad run --bootstrap /ip4/127.0.0.1/tcp/8000/p2p/16Uiu2…",
      "  kad run --listen /ip4/0.0.0.0/tcp/4001 --identity node.key",
      "  kad run --port 8000 --data node     keeps its identity, and its records",
      "  kad run --network amino --dual --listen /ip4/0.0.0.0/tcp/4001"
    })
final class RunCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  private final Terminal terminal;

  /// The parts by their words.
  static final class Modes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Part.values()).map(Part::word).iterator();
    }
  }

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      completionCandidates = Modes.class,
      description =
          "server answers and stores for others, client only asks, auto is a server as long as"
              + " others can reach it (default: server; with --dual auto).")
  @Nullable String mode;

  @Option(
      names = "--dual",
      description =
          "Beside the network keep its local form for peers at private addresses, as IPFS nodes do:"
              + " with --network amino also /ipfs/lan/kad/1.0.0, with /my-app also"
              + " /my-app/lan/kad/1.0.0. The network itself then takes public addresses alone.")
  boolean dual;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The TCP port on 127.0.0.1, 0 for a free one (default: 0).")
  @Nullable Integer port;

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      arity = "1..*",
      parameterConsumer = AddressList.class,
      description = "Where to listen instead, such as /ip4/0.0.0.0/tcp/4001.")
  List<Multiaddr> listen = new ArrayList<>();

  @Option(
      names = "--no-bootstrap",
      description =
          "Dial nobody at the start: the first node of a network of its own. Otherwise --network"
              + " amino dials the bootstrap peers of IPFS if no others are named.")
  boolean alone;

  @Option(
      names = {"-v", "--verbose"},
      description = "A status line every 10 s, a log on standard error, stack traces of failures.")
  boolean verbose;

  @Mixin NetworkChoice network = new NetworkChoice();
  @Mixin BootstrapOptions bootstrap = new BootstrapOptions();
  @Mixin IdentityOptions identity = new IdentityOptions();
  @Mixin ControlOptions control = new ControlOptions();
  @Mixin DataOptions data = new DataOptions();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Part part = part();
    Network belonging = dual ? network.dual() : network.network();
    List<Multiaddr> where = listen();
    LessonSettings.Ways ways = ways(part, belonging);
    if (verbose) {
      LogSetup.verbose();
    }
    var self =
        new LessonSettings.Self(
            data.identity(identity, terminal),
            data.directory(terminal),
            part,
            belonging,
            dual,
            where);
    var place = control.place(terminal, data.directory(terminal));
    return new LessonRun(terminal, new LessonSettings(self, ways, place, verbose)).run().code();
  }

  private LessonSettings.Ways ways(Part part, Network belonging) {
    List<Seed> seeds = seeds(belonging);
    AddressFile file = bootstrap.addressFile(terminal);
    List<Seed> saved = part == Part.CLIENT && seeds.isEmpty() && !alone ? file.read() : List.of();
    return new LessonSettings.Ways(alone, seeds, saved, file);
  }

  private List<Seed> seeds(Network belonging) {
    if (!alone) {
      return bootstrap.named(terminal.environment(), belonging);
    }
    if (!bootstrap.bootstrap.isEmpty()) {
      throw Failure.usage("--no-bootstrap and --bootstrap exclude each other");
    }
    return List.of();
  }

  private Part part() {
    String wanted = mode;
    if (wanted == null) {
      return dual ? Part.AUTO : Part.SERVER;
    }
    String word = wanted.toLowerCase(Locale.ROOT);
    return Arrays.stream(Part.values())
        .filter(part -> part.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            Failure.usage(
                "invalid --mode "
                    + MalformedException.quote(wanted)
                    + ": expected server, client or auto"));
  }

  private List<Multiaddr> listen() {
    Integer wanted = port;
    if (!listen.isEmpty()) {
      if (wanted != null) {
        throw Failure.usage(
            "--port and --listen exclude each other: put the port into the address");
      }
      return listen;
    }
    int number = wanted == null ? 0 : wanted;
    if (number < 0 || number > MAX_PORT) {
      throw Failure.usage("invalid --port " + number + ": expected 0 (a free one) to " + MAX_PORT);
    }
    return List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + number));
  }
}
