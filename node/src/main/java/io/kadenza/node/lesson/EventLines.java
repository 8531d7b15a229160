package io.kadenza.node.lesson;

import io.kadenza.host.EventStream;
import io.kadenza.kad.Dht;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.Mode;
import io.kadenza.multiformats.PeerId;
import io.kadenza.node.Member;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Prints what happens in the DHT, or in each of two, from a thread of its own, until it is closed:
/// of peers as many lines as [Bustle] allows.
final class EventLines implements AutoCloseable {
  private static final int WAITING = 1_024;

  private final List<EventStream<EngineEvent>> events;

  private EventLines(List<EventStream<EngineEvent>> events) {
    this.events = events;
  }

  /// What happens in the local network of two is marked as such.
  static EventLines print(Node node, Terminal terminal) {
    var events = new ArrayList<EventStream<EngineEvent>>();
    for (Member member : node.members()) {
      events.add(print(member.dht(), events.isEmpty() ? "" : "Local network: ", terminal));
    }
    return new EventLines(events);
  }

  private static EventStream<EngineEvent> print(Dht dht, String about, Terminal terminal) {
    var events = dht.events(WAITING);
    // Those of an earlier run are called as soon as the node starts, and may be there by now.
    List<EngineEvent.PeerAdded> before = present(dht);
    var bustle = new Bustle(System.nanoTime());
    before.forEach(added -> say(added, bustle, about, terminal));
    Set<PeerId> told = before.stream().map(added -> added.peer().id()).collect(Collectors.toSet());
    Thread.ofVirtual()
        .name("kad-events")
        .start(() ->
            events.forEach(event -> {
              if (event instanceof EngineEvent.ModeChanged(Mode mode)) {
                terminal.say(ModeLine.of(mode, dht.host().reachability()));
              } else if (!(event instanceof EngineEvent.PeerAdded(var peer, _)
                  && told.remove(peer.id()))) {
                say(event, bustle, about, terminal);
              }
            }));
    return events;
  }

  private static List<EngineEvent.PeerAdded> present(Dht dht) {
    return dht.routingTable().buckets().stream()
        .flatMap(bucket ->
            bucket.peers().stream()
                .map(peer -> new EngineEvent.PeerAdded(peer.info(), bucket.prefix())))
        .toList();
  }

  private static void say(EngineEvent event, Bustle bustle, String about, Terminal terminal) {
    lines(event, bustle).forEach(line -> terminal.say(about + line));
  }

  private static List<String> lines(EngineEvent event, Bustle bustle) {
    return switch (event) {
      case EngineEvent.PeerFound(var peer) -> bustle.hear("Peer found: " + peer.id(), now());
      case EngineEvent.PeerAdded(var peer, int bucket) ->
          bustle.hear(
              "Peer added to routing table: " + peer.id() + " (bucket " + bucket + ")", now());
      case EngineEvent.PeerRemoved(var peer, var reason) ->
          bustle.hear(
              "Peer removed from routing table: " + peer + " (" + words(reason) + ")", now());
      case EngineEvent.BootstrapProgress(int contacted, int remaining) ->
          List.of(progress(contacted, remaining));
      case EngineEvent.BootstrapCompleted(int contacted, _) when contacted > 0 ->
          List.of(progress(contacted, 0), "Kademlia bootstrap completed successfully");
      case EngineEvent.TableEvent _,
          EngineEvent.LookupEvent _,
          EngineEvent.RpcEvent _,
          EngineEvent.StoreEvent _,
          EngineEvent.ProvideEvent _,
          EngineEvent.UpkeepEvent _ ->
          List.of();
    };
  }

  private static long now() {
    return System.nanoTime();
  }

  private static String progress(int contacted, int remaining) {
    return "Bootstrap progress: contacted " + contacted + " peers, " + remaining + " remaining";
  }

  private static String words(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public void close() {
    events.forEach(EventStream::close);
  }
}
