package io.kadenza.node.lesson;

import io.kadenza.host.EventStream;
import io.kadenza.kad.Dht;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.Mode;
import io.kadenza.node.terminal.Terminal;
import java.util.List;
import java.util.Locale;

/// Prints what happens in the DHT, from a thread of its own, until it is closed.
final class EventLines implements AutoCloseable {
  private static final int WAITING = 1_024;

  private final EventStream<EngineEvent> events;

  private EventLines(EventStream<EngineEvent> events) {
    this.events = events;
  }

  static EventLines print(Dht dht, Terminal terminal) {
    var events = dht.events(WAITING);
    Thread.ofVirtual()
        .name("kad-events")
        .start(() ->
            events.forEach(event -> {
              if (event instanceof EngineEvent.ModeChanged(Mode mode)) {
                terminal.say(ModeLine.of(mode, dht.host().reachability()));
              } else {
                lines(event).forEach(terminal::say);
              }
            }));
    return new EventLines(events);
  }

  static List<String> lines(EngineEvent event) {
    return switch (event) {
      case EngineEvent.PeerFound(var peer) -> List.of("Peer found: " + peer.id());
      case EngineEvent.PeerAdded(var peer, int bucket) ->
          List.of("Peer added to routing table: " + peer.id() + " (bucket " + bucket + ")");
      case EngineEvent.PeerRemoved(var peer, var reason) ->
          List.of("Peer removed from routing table: " + peer + " (" + words(reason) + ")");
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

  private static String progress(int contacted, int remaining) {
    return "Bootstrap progress: contacted " + contacted + " peers, " + remaining + " remaining";
  }

  private static String words(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public void close() {
    events.close();
  }
}
