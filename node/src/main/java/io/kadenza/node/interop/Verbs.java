package io.kadenza.node.interop;

import io.kadenza.gossip.TopicMessage;
import io.kadenza.host.Connection;
import io.kadenza.host.Identification;
import io.kadenza.host.Ping;
import io.kadenza.kad.GetResult;
import io.kadenza.kad.Quorum;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.metrics.Metrics;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Cid;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.JsonLine;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What the driver may ask for. A verb that fails throws, and its message is the answer.
final class Verbs {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Node node;
  private final Topics topics;
  private final NameVerbs names;

  Verbs(Node node, Topics topics) {
    this.node = node;
    this.topics = topics;
    this.names = new NameVerbs(node);
  }

  /// Does what is asked.
  ///
  /// @return the fields of the answer
  JsonLine perform(Request request) throws InterruptedException {
    return switch (request.verb()) {
      case "connect" -> connect(request);
      case "identify" -> identify(request);
      case "ping" -> ping(request);
      case "routing" -> routing(request);
      case "findnode" -> findNode(request);
      case "put" -> put(request);
      case "get" -> get(request);
      case "name-sign" -> names.sign(request);
      case "name-put" -> names.put(request);
      case "name-get" -> names.get(request);
      case "name-check" -> names.check(request);
      case "provide" -> provide(request);
      case "findprovs" -> findProviders(request);
      case "subscribe" -> subscribe(request);
      case "mesh" -> mesh(request);
      case "publish" -> publish(request);
      case "messages" -> messages(request);
      case "peers" -> JsonLine.plain().with("peers", texts(node.host().connectedPeers()));
      case "streams" -> streams();
      case "stats" -> JsonLine.plain().with("cpu_s", cpuSeconds());
      case "quit" -> JsonLine.plain();
      default -> throw new UnsupportedOperationException("unknown verb " + request.verb());
    };
  }

  private JsonLine connect(Request request) {
    Connection connection =
        node.host().connect(Multiaddr.parse(request.text("addr")), request.deadline().left());
    return JsonLine.plain().with("id", connection.peer().toString());
  }

  private JsonLine identify(Request request) throws InterruptedException {
    PeerId peer = request.peer("peer");
    Identification told =
        await(request, "identification", () -> node.host().peerstore().identification(peer));
    var fields = JsonLine.plain().with("agent", told.agent()).with("protocols", told.protocols());
    told.observed().ifPresent(us -> fields.with("observed", us.toString()));
    return fields;
  }

  private JsonLine ping(Request request) {
    int count = request.number("count", 1);
    List<Double> roundTrips = new ArrayList<>();
    var connection =
        node.host()
            .connect(new PeerInfo(request.peer("peer"), List.of()), request.deadline().left());
    try (var ping = Ping.on(connection, request.deadline().left())) {
      for (int i = 0; i < count; i++) {
        roundTrips.add(ping.once(request.deadline().left()).toNanos() / NANOS_PER_MILLI);
      }
    }
    return JsonLine.plain().with("rtts_ms", roundTrips);
  }

  private JsonLine routing(Request request) throws InterruptedException {
    PeerId peer = request.peer("peer");
    int size =
        await(
            request,
            "the routing table to hold " + peer,
            () -> {
              List<PeerInfo> table = node.dht().table();
              return table.stream().anyMatch(entry -> entry.id().equals(peer))
                  ? Optional.of(table.size())
                  : Optional.empty();
            });
    return JsonLine.plain().with("size", size);
  }

  private JsonLine findNode(Request request) {
    Bytes key = request.peer("key_peer").bytes();
    var found = node.dht().closest(key, request.deadline().left());
    return JsonLine.plain().with("peers", texts(ids(found.peers())));
  }

  private JsonLine put(Request request) {
    Outcome.Stored stored =
        node.dht()
            .put(
                Bytes.utf8(request.text("key")),
                Bytes.utf8(request.text("value")),
                request.deadline().left());
    requireStored(stored);
    return told(stored.copies());
  }

  /// A value has to be stored here and, if anybody else is there, by one of them at least.
  static void requireStored(Outcome.Stored stored) {
    if (!stored.local().isStored()) {
      throw new IllegalStateException("not stored here: " + stored.local() + " " + stored.why());
    }
    if (!stored.perPeer().isEmpty() && stored.copies() == 0) {
      throw new IllegalStateException("stored by none of " + stored.perPeer());
    }
  }

  /// How many peers have something, and how large the network is thought to be.
  private JsonLine told(int copies) {
    var fields = JsonLine.plain().with("copies", copies);
    node.dht().networkSize().ifPresent(servers -> fields.with("network_size", servers));
    return fields;
  }

  private JsonLine get(Request request) {
    return switch (node.dht()
        .get(Bytes.utf8(request.text("key")), Quorum.ALL, request.deadline().left())) {
      case GetResult.Found found -> JsonLine.plain().with("value", found.record().value().utf8());
      case GetResult.NotFound(_, var stats) ->
          throw new IllegalStateException("not found: " + stats);
    };
  }

  private JsonLine provide(Request request) {
    Outcome.Provided provided =
        node.dht().provide(Cid.parse(request.text("cid")), request.deadline().left());
    if (provided.copies() == 0) {
      throw new IllegalStateException("nobody was told: " + provided.perPeer());
    }
    return told(provided.copies());
  }

  private JsonLine findProviders(Request request) {
    Cid cid = Cid.parse(request.text("cid"));
    int count = request.number("count", 0);
    try (var search = node.dht().findProviders(cid, count, request.deadline().left())) {
      return JsonLine.plain().with("providers", texts(ids(search.await().providers())));
    }
  }

  private JsonLine subscribe(Request request) {
    topics.subscribe(request.text("topic"));
    return JsonLine.plain();
  }

  private JsonLine mesh(Request request) throws InterruptedException {
    String topic = request.text("topic");
    Set<PeerId> mesh =
        await(
            request,
            "a peer in the mesh of " + topic,
            () -> Optional.of(topics.mesh(topic)).filter(peers -> !peers.isEmpty()));
    return JsonLine.plain().with("peers", texts(List.copyOf(mesh)));
  }

  private JsonLine publish(Request request) {
    topics.publish(request.text("topic"), Bytes.utf8(request.text("data")));
    return JsonLine.plain();
  }

  private JsonLine messages(Request request) throws InterruptedException {
    String topic = request.text("topic");
    int least = request.number("min", 0);
    List<TopicMessage> messages =
        await(
            request,
            least + " messages on " + topic,
            () -> Optional.of(topics.messages(topic)).filter(got -> got.size() >= least));
    return JsonLine.plain().with("messages", messages.stream().map(Verbs::fields).toList());
  }

  private static Map<String, Object> fields(TopicMessage message) {
    return JsonLine.plain()
        .with("from", message.author().map(PeerId::toString).orElse(""))
        .with("data", message.data().utf8())
        .fields();
  }

  private JsonLine streams() {
    Metrics counted = node.dht().metrics();
    long asked =
        counted.counter("rpc.outbound.requests") + counted.counter("rpc.outbound.messages");
    long served = counted.counter("rpc.inbound.messages");
    return JsonLine.plain()
        .with("asked", requests(asked, counted.counter("rpc.outbound.streams")))
        .with("served", requests(served, counted.counter("rpc.inbound.streams")));
  }

  private static Map<String, Object> requests(long requests, long streams) {
    return JsonLine.plain().with("requests", requests).with("streams", streams).fields();
  }

  private static <T> T await(Request request, String what, Supplier<Optional<T>> question)
      throws InterruptedException {
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (request.deadline().isOver()) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      Thread.sleep(PAUSE);
    }
  }

  private static List<PeerId> ids(List<PeerInfo> peers) {
    return peers.stream().map(PeerInfo::id).toList();
  }

  private static List<String> texts(List<PeerId> peers) {
    return peers.stream().map(PeerId::toString).toList();
  }

  private static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / NANOS_PER_SECOND
        : 0;
  }
}
