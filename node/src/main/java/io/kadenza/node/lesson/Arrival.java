package io.kadenza.node.lesson;

import io.kadenza.host.Host;
import io.kadenza.kad.Dht;
import io.kadenza.kad.DhtException;
import io.kadenza.kad.Isolation;
import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.IsolationLine;
import io.kadenza.node.WayIn;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way into the network: dials the bootstrap peers, and goes on trying, at growing intervals,
/// for as long as the node knows nobody. Confined to the node's main thread, but for the one that
/// tries.
final class Arrival implements AutoCloseable {
  private static final Duration DIAL_LIMIT = Duration.ofSeconds(10);
  private static final Duration BOOTSTRAP_LIMIT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Host host;
  private final Network network;
  private final List<Multiaddr> seeds;
  private final Terminal terminal;
  private List<PeerInfo> reached = List.of();
  private String complaint = "";
  private @Nullable Thread trying;

  Arrival(Host host, Network network, List<Multiaddr> seeds, Terminal terminal) {
    this.host = host;
    this.network = network;
    this.seeds = List.copyOf(seeds);
    this.terminal = terminal;
  }

  /// Dials the bootstrap peers and says who answered, and who did not and why.
  void connect() {
    if (seeds.isEmpty()) {
      return;
    }
    seeds.forEach(seed -> terminal.say("Adding bootstrap peer: " + seed));
    WayIn way = WayIn.dial(host, seeds, DIAL_LIMIT);
    way.failures().forEach(why -> terminal.warn("Cannot reach bootstrap peer " + why));
    reached = way.reached();
    if (reached.isEmpty()) {
      terminal.warn(
          "No bootstrap peer answers; going on alone, and trying again from time to time");
    } else {
      terminal.say("Connected to bootstrap nodes: " + Exchange.ids(reached));
    }
  }

  /// Has the DHT join by the peers that answered, or else by those that it knew in an earlier run;
  /// tells whether there were any.
  boolean bootstrap(Dht dht) {
    List<PeerInfo> known = reached.isEmpty() ? dht.recalled() : reached;
    if (known.isEmpty()) {
      return false;
    }
    boolean joined = dht.bootstrap(known, BOOTSTRAP_LIMIT).contacted() > 0;
    if (dht.table().isEmpty()) {
      new WayIn(reached, List.of()).awaitIdentified(host, BOOTSTRAP_LIMIT);
    }
    dht.isolation().ifPresent(this::complain);
    return joined;
  }

  /// Says once why nobody is known, and again when the reason is another.
  private void complain(Isolation why) {
    String line = IsolationLine.of(why, network);
    if (!line.equals(complaint)) {
      complaint = line;
      terminal.warn("Nobody is known: " + line);
    }
  }

  /// Tries again and again while the routing table is empty. When it first succeeds, the exchange
  /// that failed for want of peers is made up for.
  void keepTrying(Dht dht, Exchange exchange) {
    if (!seeds.isEmpty() || !dht.recalled().isEmpty()) {
      trying = Thread.ofVirtual().name("kad-arrival").start(() -> tryAgain(dht, exchange));
    }
  }

  private void tryAgain(Dht dht, Exchange exchange) {
    boolean alone = dht.table().isEmpty();
    Duration pause = FIRST_PAUSE;
    try {
      while (true) {
        Thread.sleep(pause);
        if (!dht.table().isEmpty()) {
          pause = FIRST_PAUSE;
          continue;
        }
        reached = WayIn.dial(host, seeds, DIAL_LIMIT).reached();
        boolean joined = bootstrap(dht);
        if (joined && alone) {
          if (!reached.isEmpty()) {
            terminal.say("Connected to bootstrap nodes: " + Exchange.ids(reached));
          }
          exchange.perform();
          alone = false;
        }
        pause = joined ? FIRST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    } catch (InterruptedException | DhtException closed) {
      // The node is closing.
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    Thread thread = trying;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
