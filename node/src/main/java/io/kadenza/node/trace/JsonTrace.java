package io.kadenza.node.trace;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.terminal.JsonLine;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints walks for programs, one JSON object for each event, in the terms of go-libp2p-kad-dht's
/// `LookupEvent`: peers are heard of, waited for, queried or unreachable.
public final class JsonTrace implements TraceView {
  private static final String SCHEMA = "kad.trace/v1";
  private static final double NANOS_PER_MILLI = 1e6;

  private final PrintStream out;
  private final PeerId self;

  /// @param self who walks
  public JsonTrace(PrintStream out, PeerId self) {
    this.out = out;
    this.self = self;
  }

  @Override
  public void started(WalkLog walk) {
    var beginning = walk.beginning();
    print(
        line("start", walk, Duration.ZERO)
            .with("node", self.toString())
            .with("question", beginning.question().name())
            .with("key_hex", beginning.key().toHex())
            .with("target", walk.target().toString())
            .with("heard", infos(walk, beginning.seeds())));
  }

  @Override
  public void stepped(WalkLog walk, EngineEvent.LookupStep step) {
    var peer = List.of(peer(walk, step.peer().id(), step.peer().key()));
    print(
        switch (step) {
          case EngineEvent.LookupAsked asked ->
              line("request", walk, asked.since()).with("waiting", peer);
          case EngineEvent.LookupAnswered answered ->
              line("response", walk, answered.since())
                  .with("queried", peer)
                  .with("heard", contacts(walk, answered.heard()))
                  .with("named", answered.named())
                  .with("took_ms", millis(answered.took()));
          case EngineEvent.LookupFailed failed ->
              line("failure", walk, failed.since())
                  .with("unreachable", peer)
                  .with("why", lower(failed.why()))
                  .with("took_ms", millis(failed.took()));
          case EngineEvent.LookupSlow slow ->
              line("slow", walk, slow.since()).with("waiting", peer);
        });
  }

  @Override
  public void ended(WalkLog walk, EngineEvent.LookupEnded end) {
    var stats = end.stats();
    print(
        line("terminate", walk, stats.took())
            .with("reason", goReason(stats.reason()))
            .with("why", lower(stats.reason()))
            .with("asked", stats.asked())
            .with("answered", stats.answered())
            .with("failed", stats.failed())
            .with("hops", stats.hops())
            .with("closest", infos(walk, end.closest())));
  }

  /// The one of go's four reasons that comes nearest.
  private static String goReason(Termination reason) {
    return switch (reason) {
      case COMPLETED -> "completed";
      case STARVED, NO_PEERS -> "starvation";
      case STOPPED -> "stopped";
      case CANCELLED, TIMED_OUT -> "cancelled";
    };
  }

  @Override
  public void stored(EngineEvent.RpcEvent end) {
    JsonLine line =
        JsonLine.of(SCHEMA)
            .with("event", "store")
            .with("type", end.type().name())
            .with("peer", end.peer().toString());
    switch (end) {
      case EngineEvent.RpcAnswered answered ->
          print(line.with("outcome", "answered").with("took_ms", millis(answered.took())));
      case EngineEvent.RpcFailed failed ->
          print(
              line.with("outcome", "failed")
                  .with("why", lower(failed.why()))
                  .with("took_ms", millis(failed.took())));
      case EngineEvent.RpcAbandoned abandoned ->
          print(line.with("outcome", "abandoned").with("took_ms", millis(abandoned.took())));
      case EngineEvent.RpcSent _, EngineEvent.RpcServed _, EngineEvent.RpcRefused _ -> {}
    }
  }

  @Override
  public void lost(long events) {
    print(JsonLine.of(SCHEMA).with("event", "lost").with("events", events));
  }

  private static JsonLine line(String event, WalkLog walk, Duration at) {
    return JsonLine.of(SCHEMA)
        .with("event", event)
        .with("lookup", walk.beginning().lookupId())
        .with("at_ms", millis(at));
  }

  private static List<Map<String, Object>> infos(WalkLog walk, List<PeerInfo> peers) {
    return peers.stream().map(p -> peer(walk, p.id(), KadKey.of(p.id()))).toList();
  }

  private static List<Map<String, Object>> contacts(WalkLog walk, List<Contact> peers) {
    return peers.stream().map(p -> peer(walk, p.id(), p.key())).toList();
  }

  private static Map<String, Object> peer(WalkLog walk, PeerId id, KadKey key) {
    return JsonLine.plain().with("id", id.toString()).with("shared_bits", walk.bits(key)).fields();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static double millis(Duration time) {
    return time.toNanos() / NANOS_PER_MILLI;
  }

  private void print(JsonLine line) {
    out.println(line);
  }
}
