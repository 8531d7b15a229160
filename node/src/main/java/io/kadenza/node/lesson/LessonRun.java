package io.kadenza.node.lesson;

import io.kadenza.host.Host;
import io.kadenza.kad.engine.Mode;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Exit;
import io.kadenza.node.Member;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import io.kadenza.node.Seed;
import io.kadenza.node.control.ControlSocket;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A node from its start to its end, told in the lesson's lines. Confined to the thread that runs
/// it, but for the shutdown hook, which closes the node under it.
public final class LessonRun {
  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final LessonSettings settings;

  public LessonRun(Terminal terminal, LessonSettings settings) {
    this.terminal = terminal;
    this.settings = settings;
  }

  /// Runs until the thread is interrupted or the process is told to end.
  ///
  /// @throws io.kadenza.host.ListenException if an address cannot be listened on
  public Exit run() {
    // The DHT and the topics are there before anybody is dialled: identify is to name them at once.
    try (var node = settings.node().start();
        var control = settings.control().open(node, terminal)) {
      var hook = new Thread(() -> end(node, control), "kad-shutdown");
      if (!isRemembered(hook)) {
        return Exit.INTERRUPTED;
      }
      try {
        introduce(node.host());
        return join(node, seeds(node));
      } finally {
        forget(hook);
      }
    }
  }

  private Exit join(Node node, List<Seed> seeds) {
    try (var _ = topics(node);
        var _ = EventLines.print(node, terminal);
        var arrival = new Arrival(node, seeds, terminal)) {
      return tell(node, arrival);
    }
  }

  private @Nullable TopicMembership topics(Node node) {
    return LessonContent.suits(node) ? TopicMembership.join(node.host(), terminal) : null;
  }

  private static void end(Node node, @Nullable ControlSocket control) {
    if (control != null) {
      control.close();
    }
    node.close();
  }

  private Exit tell(Node node, Arrival arrival) {
    arrival.connect();
    if (node.host().isClosed()) {
      return Exit.INTERRUPTED;
    }
    Mode playing = node.dht().mode();
    terminal.say("DHT service started in " + Part.of(playing).word() + " mode");
    if (settings.node().part() == Part.AUTO) {
      terminal.say(ModeLine.of(playing, node.host().reachability()));
    }
    node.members().stream().skip(1).forEach(this::introduceLocal);
    var exchange = new Exchange(node, terminal);
    arrival.bootstrap();
    exchange.perform();
    terminal.say("Node is now running. Press Ctrl+C to stop.");
    arrival.keepTrying(exchange);
    return watch(node);
  }

  private void introduce(Host host) {
    terminal.say("Starting Universal Connectivity Application");
    terminal.say("Local peer id: " + host.id());
    int port =
        host.addresses().stream().flatMapToInt(a -> a.tcpPort().stream()).findFirst().orElse(0);
    terminal.say("Running in " + settings.node().part().word() + " mode on port " + port);
    List<Multiaddr> addresses =
        host.addresses().stream().map(address -> address.withPeer(host.id())).toList();
    addresses.forEach(address -> terminal.say("Listening on " + address));
    if (settings.node().isServer()) {
      terminal.say("To connect to this node, use: --bootstrap " + addresses.getFirst());
      settings.ways().addressFile().write(addresses);
      terminal.say("Saved server address to log: " + addresses.getFirst());
    }
  }

  private void introduceLocal(Member local) {
    terminal.say(
        "Local network: "
            + Part.of(local.dht().mode()).word()
            + " of "
            + local.network().protocol()
            + " for peers at private addresses");
  }

  private List<Seed> seeds(Node node) {
    int known = node.recalled().size();
    if (known > 0) {
      terminal.say("Peers known from before: " + known);
    }
    LessonSettings.Ways ways = settings.ways();
    if (!ways.bootstrap().isEmpty() || settings.node().isServer() || ways.alone()) {
      return ways.bootstrap();
    }
    List<Seed> saved = ways.saved();
    if (saved.isEmpty() && known == 0) {
      terminal.warn(
          "No bootstrap peer: none is named, and there is no "
              + ways.addressFile().file()
              + "; start a server here first, or give --bootstrap ADDR");
    } else if (!saved.isEmpty()) {
      terminal.say("Loaded " + saved.size() + " server addresses from log");
    }
    return saved;
  }

  private Exit watch(Node node) {
    try {
      while (true) {
        if (settings.verbose()) {
          terminal.say(
              String.format(
                  Locale.ROOT,
                  "Status - Connected peers: %d, Peers in store: %d, Values in store: %d",
                  node.host().connectedPeers().size(),
                  node.host().peerstore().size(),
                  node.members().stream().mapToInt(member -> member.dht().values()).sum()));
        }
        Thread.sleep(STATUS_INTERVAL);
      }
    } catch (InterruptedException stopped) {
      return Exit.INTERRUPTED;
    }
  }

  /// Whether the process will run it at its end, which it will not once it is ending.
  private static boolean isRemembered(Thread hook) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return true;
    } catch (IllegalStateException alreadyShuttingDown) {
      return false;
    }
  }

  /// After an end of its own accord nothing is left for the hook to do.
  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook is running, which is what it is for.
    }
  }
}
