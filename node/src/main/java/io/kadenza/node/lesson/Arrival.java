package io.kadenza.node.lesson;

import io.kadenza.kad.DhtException;
import io.kadenza.kad.Network;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.IsolationLine;
import io.kadenza.node.Member;
import io.kadenza.node.Node;
import io.kadenza.node.Seed;
import io.kadenza.node.WayIn;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way into the network: dials the bootstrap peers, and goes on trying, at growing intervals,
/// for as long as the node knows nobody. Whom it knows the DHT calls by itself when the last
/// connection is lost; the addresses are dialled again if that leads nowhere, for somebody else may
/// answer there by now. Confined to the node's main thread, but for the one that tries.
final class Arrival implements AutoCloseable {
  private static final Duration DIAL_LIMIT = Duration.ofSeconds(10);
  private static final Duration BOOTSTRAP_LIMIT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Node node;
  private final List<Seed> seeds;
  private final Terminal terminal;
  private List<PeerInfo> reached = List.of();

  /// The last of each network.
  private final Map<Network, String> complaints = new HashMap<>();

  private @Nullable Thread trying;

  Arrival(Node node, List<Seed> seeds, Terminal terminal) {
    this.node = node;
    this.seeds = List.copyOf(seeds);
    this.terminal = terminal;
  }

  /// Dials the bootstrap peers and says who answered, and who did not and why; nothing of it if the
  /// node is closed meanwhile.
  void connect() {
    if (seeds.isEmpty()) {
      return;
    }
    seeds.forEach(seed -> terminal.say("Adding bootstrap peer: " + seed.address()));
    WayIn way = WayIn.dial(node.host(), seeds, DIAL_LIMIT);
    if (node.host().isClosed()) {
      // That nobody answers is our own doing then.
      return;
    }
    way.missed().forEach(why -> terminal.warn("Cannot reach bootstrap peer " + why));
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
  boolean bootstrap() {
    List<PeerInfo> known = reached.isEmpty() ? node.recalled() : reached;
    if (known.isEmpty()) {
      return false;
    }
    boolean joined = node.routing().bootstrap(known, BOOTSTRAP_LIMIT).contacted() > 0;
    if (node.isAlone()) {
      new WayIn(reached, List.of()).awaitIdentified(node.host(), BOOTSTRAP_LIMIT);
    }
    if (node.isAlone()) {
      node.members().forEach(this::complain);
    }
    return joined;
  }

  /// Says once why nobody is known, and again when the reason is another.
  private void complain(Member member) {
    member
        .dht()
        .isolation()
        .map(why -> IsolationLine.of(why, member.network()))
        .filter(line -> !line.equals(complaints.put(member.network(), line)))
        .ifPresent(line -> terminal.warn("Nobody is known: " + line));
  }

  /// Tries again and again while the node is cut off. When it first succeeds, the exchange that
  /// failed for want of peers is made up for.
  void keepTrying(Exchange exchange) {
    if (!seeds.isEmpty() || !node.recalled().isEmpty()) {
      trying = Thread.ofVirtual().name("kad-arrival").start(() -> tryAgain(exchange));
    }
  }

  private void tryAgain(Exchange exchange) {
    boolean alone = node.isAlone();
    Duration pause = FIRST_PAUSE;
    // The DHT calls those it knows by itself; as long as this lasts they may still answer.
    Deadline dhtCalls = Deadline.after(LONGEST_PAUSE);
    try {
      while (true) {
        Thread.sleep(pause);
        if (!node.isCutOff()) {
          pause = FIRST_PAUSE;
          dhtCalls = Deadline.after(LONGEST_PAUSE);
          continue;
        }
        if (!node.isAlone() && !dhtCalls.isOver()) {
          continue;
        }
        reached = WayIn.dial(node.host(), seeds, DIAL_LIMIT).reached();
        boolean joined = bootstrap();
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
