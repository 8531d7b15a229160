package io.kadenza.node.cli;

import io.kadenza.crypto.Identity;
import io.kadenza.host.Host;
import io.kadenza.kad.Isolation;
import io.kadenza.kad.Network;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.ipns.IpnsValidator;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.IsolationLine;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import io.kadenza.node.Seed;
import io.kadenza.node.WayIn;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.node.trace.JsonTrace;
import io.kadenza.node.trace.LookupTrace;
import io.kadenza.node.trace.TextTrace;
import io.kadenza.node.trace.TraceView;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a single question reaches the network: as a DHT client that joins, asks and leaves.
final class NetworkOptions {
  @Mixin NetworkChoice network = new NetworkChoice();
  @Mixin BootstrapOptions bootstrap = new BootstrapOptions();
  @Mixin IdentityOptions identity = new IdentityOptions();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "For everything together, such as 500ms, 10s or 2m (default: 30s).")
  Duration timeout = Duration.ofSeconds(30);

  @Option(
      names = "--strict",
      description =
          "Take only records whose rules are known (/pk/… and /ipns/…), as amino and lan do in any"
              + " case. Otherwise every key is taken, and of several values the most frequent.")
  boolean strict;

  @Option(
      names = "--trace",
      description =
          "Show each step of the lookup on standard error while it walks: a ladder, whom it found,"
              + " a chart of distance against time, and why it stopped. With --json as JSON lines.")
  boolean trace;

  /// Does something that may make lookups, which `--trace` shows.
  <T> T traced(Terminal terminal, Node node, OutputOptions output, Supplier<T> operation) {
    try (var _ = trace(terminal, node, output)) {
      return operation.get();
    }
  }

  /// Shows lookups until it is closed; nothing without `--trace`.
  Tracing trace(Terminal terminal, Node node, OutputOptions output) {
    if (!trace) {
      return () -> {};
    }
    TraceView view =
        output.json
            ? new JsonTrace(terminal.err(), node.host().id())
            : TextTrace.on(terminal, node.host());
    return LookupTrace.of(node.dht(), view)::close;
  }

  /// Something that is being shown.
  @FunctionalInterface
  interface Tracing extends AutoCloseable {
    @Override
    void close();
  }

  /// Joins the network.
  ///
  /// @param listen where to be reachable; nowhere if empty
  /// @throws Failure if no bootstrap peer is known or answers
  Node join(Terminal terminal, List<Multiaddr> listen, Deadline deadline) {
    return join(terminal, listen, deadline, new DataOptions());
  }

  /// Joins the network.
  ///
  /// @param listen where to be reachable; nowhere if empty
  /// @param data a directory's peers of before are a way into the network too
  /// @throws Failure if no bootstrap peer is known or answers, and nobody of before; or if the node
  ///   listens, but nowhere where the network would come
  Node join(Terminal terminal, List<Multiaddr> listen, Deadline deadline, DataOptions data) {
    Network belonging = network();
    List<Seed> seeds = seeds(terminal, belonging);
    if (seeds.isEmpty() && data.directory(terminal) == null) {
      throw noWayIn();
    }
    Identity self = data.identity(identity, terminal);
    Host host = Host.builder(self).listen(listen).start();
    Node node = Node.on(host, Part.CLIENT, belonging, data.directory(terminal));
    try {
      if (!listen.isEmpty()) {
        requireReachable(host, belonging);
      }
      WayIn way = WayIn.dial(host, seeds, deadline.left());
      List<PeerInfo> known = way.reached().isEmpty() ? node.dht().recalled() : way.reached();
      if (known.isEmpty()) {
        throw seeds.isEmpty()
            ? noWayIn()
            : new Failure(
                deadline.isOver() ? Exit.TIMEOUT : Exit.NO_PEER,
                "no bootstrap peer can be reached: " + way.blame());
      }
      way.missed().forEach(why -> terminal.warn("kad: cannot reach bootstrap peer " + why));
      var joined = bootstrap(node, known, deadline);
      if (node.dht().table().isEmpty()) {
        way.awaitIdentified(host, deadline.left());
      }
      node.dht().isolation().ifPresent(why -> complain(terminal, why, belonging, joined));
      return node;
    } catch (RuntimeException failed) {
      node.close();
      throw failed;
    }
  }

  /// Joins in half of the time, so that a peer who hangs leaves some for the question; in all of it
  /// if nobody has answered by then.
  private static Outcome.Bootstrapped bootstrap(Node node, List<PeerInfo> by, Deadline deadline) {
    var joined = node.dht().bootstrap(by, deadline.left().dividedBy(2));
    boolean wasLate = joined.contacted() == 0 && joined.stats().reason() == Termination.TIMED_OUT;
    return wasLate ? node.dht().bootstrap(by, deadline.left()) : joined;
  }

  /// Servers refuse a provider without an address, and we name only those that the network takes.
  private static void requireReachable(Host host, Network belonging) {
    if (host.addresses().stream().noneMatch(belonging.addresses()::admits)) {
      throw Failure.usage(
          "nobody of the network "
              + belonging.name()
              + " would come to "
              + host.addresses()
              + ", which is private; give --listen with a public address of this machine");
    }
  }

  /// Nobody will answer what is asked next, unless somebody did just now.
  private static void complain(
      Terminal terminal, Isolation why, Network belonging, Outcome.Bootstrapped joined) {
    String line = IsolationLine.of(why, belonging);
    if (joined.contacted() == 0) {
      boolean late = joined.stats().reason() == Termination.TIMED_OUT;
      throw new Failure(late ? Exit.TIMEOUT : Exit.NO_PEER, line);
    }
    terminal.warn("kad: " + line);
  }

  private Network network() {
    Network chosen = network.network();
    return strict
        ? chosen.withValidators(Validators.strict().with("ipns", new IpnsValidator()))
        : chosen;
  }

  private List<Seed> seeds(Terminal terminal, Network belonging) {
    List<Seed> named = bootstrap.named(terminal.environment(), belonging);
    if (!named.isEmpty()) {
      return named;
    }
    return bootstrap.addressFile(terminal).read();
  }

  private Failure noWayIn() {
    return Failure.usage(
        "no way into the network: give --bootstrap ADDR, or start a server in this directory"
            + " (kad run), which leaves its address in "
            + bootstrap.addressFile);
  }

  Deadline deadline() {
    return Deadline.after(timeout);
  }
}
