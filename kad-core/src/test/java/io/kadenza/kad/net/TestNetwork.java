package io.kadenza.kad.net;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.engine.Stores;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.table.IpLimits;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/// Engines that talk to each other in memory on a virtual clock. One seed decides everything: ids,
/// addresses, latencies and the engines' own randomness. Every message goes through the codec.
public final class TestNetwork {
  /// Values of any key are allowed unless a test says otherwise.
  public static final KadConfig CONFIG =
      KadConfig.DEFAULT.withValidators(Validators.open()).withIpLimits(IpLimits.NONE);

  private static final Duration UNREACHABLE_AFTER = Duration.ofMillis(500);

  private final SplittableRandom random;
  private final KadConfig config;
  private final Map<PeerId, TestNode> nodes = new HashMap<>();
  private final List<TestNode> inOrder = new ArrayList<>();
  private final Timeline timeline = new Timeline();
  private long inbound;
  private long operations;

  /// What becomes of a request.
  public BiFunction<TestNode, KadRequest, Fault> faults = (_, _) -> Fault.NONE;

  /// What becomes of a request instead of its delivery, from the least to the worst.
  public enum Fault {
    /// It is delivered.
    NONE,
    /// Says that it has stored a record, and keeps nothing.
    PRETENCE,
    /// A failure that never comes.
    SILENT,
    RESET,
    UNREACHABLE
  }

  public TestNetwork(long seed) {
    this(seed, CONFIG);
  }

  public TestNetwork(long seed, KadConfig config) {
    this.random = new SplittableRandom(seed);
    this.config = config;
  }

  /// Has the monotonic clock begin elsewhere; before there are nodes.
  public void beginAt(long nanos) {
    timeline.now(new Now(nanos, now().wall()));
  }

  public TestNode server() {
    return add(config);
  }

  public TestNode client() {
    return add(config.withMode(Mode.CLIENT));
  }

  /// A server with an id of the test's choice.
  public TestNode server(PeerId id) {
    return add(new PeerInfo(id, List.of(Peers.address(random))), config);
  }

  public TestNode add(KadConfig nodeConfig) {
    return add(Peers.info(random), nodeConfig);
  }

  /// A client that keeps what it keeps in stores of the test's choice.
  public TestNode client(Stores stores) {
    KadConfig client = config.withMode(Mode.CLIENT);
    return add(new TestNode(Peers.info(random), client, random.split(), stores));
  }

  private TestNode add(PeerInfo info, KadConfig nodeConfig) {
    return add(new TestNode(info, nodeConfig, random.split()));
  }

  private TestNode add(TestNode node) {
    nodes.put(node.id(), node);
    inOrder.add(node);
    apply(node, new EngineInput.OwnAddresses(node.info().addresses()));
    return node;
  }

  /// That many servers, each bootstrapped from the first, one after another.
  public List<TestNode> servers(int count) {
    var added = new ArrayList<TestNode>(count);
    for (int i = 0; i < count; i++) {
      TestNode node = server();
      if (i > 0) {
        run(node, new Operation.Bootstrap(List.of(added.getFirst().info())));
      }
      added.add(node);
    }
    return added;
  }

  /// Starts a node again that was stopped, or as if it had been: it knows nobody, and has kept what
  /// it stored. Operations that were under way are lost.
  public void restart(TestNode node) {
    restart(node, node.stores());
  }

  /// The same with other stores: those that were opened again.
  public void restart(TestNode node, Stores stores) {
    node.restart(random.split(), stores);
    apply(node, new EngineInput.OwnAddresses(node.info().addresses()));
  }

  public List<TestNode> nodes() {
    return inOrder;
  }

  public TestNode node(PeerId id) {
    return nodes.get(id);
  }

  public SplittableRandom random() {
    return random;
  }

  public Now now() {
    return timeline.now();
  }

  /// The servers that are up, the closest to a key first.
  public List<TestNode> closestServers(KadKey target) {
    return inOrder.stream()
        .filter(node -> node.up && node.isServer())
        .sorted((a, b) -> target.compareDistance(a.contact.key(), b.contact.key()))
        .toList();
  }

  /// Runs an operation to its end.
  public <O extends Outcome> O run(TestNode node, Operation<O> operation) {
    long id = start(node, operation, Duration.ofMinutes(2));
    while (!node.outcomes.containsKey(id)) {
      if (!timeline.step()) {
        throw new AssertionError("nothing left to happen, and no outcome of " + operation);
      }
    }
    return operation.ended(node.outcomes.get(id));
  }

  public long start(TestNode node, Operation<?> operation, Duration limit) {
    long id = operations++;
    apply(node, new EngineInput.Start(id, operation, limit));
    return id;
  }

  /// Lets time pass.
  public void runFor(Duration duration) {
    timeline.runFor(duration);
  }

  /// Sets everybody's time of day, forwards or backwards; nothing else happens.
  public void setClocks(Duration by) {
    timeline.now(new Now(now().nanos(), now().wall().plus(by)));
  }

  private Duration latency() {
    return Duration.ofMillis(random.nextInt(5, 80));
  }

  /// Both ends learn that they are connected and what the other is.
  public void connect(TestNode a, TestNode b) {
    if (a.connections.add(b.id())) {
      b.connections.add(a.id());
      apply(a, new EngineInput.PeerConnected(b.id()));
      apply(b, new EngineInput.PeerConnected(a.id()));
      apply(a, new EngineInput.PeerIdentified(b.info(), b.isServer()));
      apply(b, new EngineInput.PeerIdentified(a.info(), a.isServer()));
    }
  }

  /// Both ends of all of a node's connections learn that these have ended.
  public void disconnect(TestNode node) {
    for (PeerId peer : List.copyOf(node.connections)) {
      node.connections.remove(peer);
      node(peer).connections.remove(node.id());
      apply(node, new EngineInput.PeerDisconnected(peer));
      apply(node(peer), new EngineInput.PeerDisconnected(node.id()));
    }
  }

  public void apply(TestNode node, EngineInput input) {
    List<EngineEffect> effects = node.engine.apply(input, now());
    effects.forEach(effect -> perform(node, effect));
    scheduleTick(node);
  }

  private void tick(TestNode node) {
    node.tickAt = Long.MAX_VALUE;
    List<EngineEffect> effects = node.engine.tick(now());
    effects.forEach(effect -> perform(node, effect));
    scheduleTick(node);
  }

  private void scheduleTick(TestNode node) {
    OptionalLong deadline = node.engine.deadline();
    if (deadline.isPresent() && deadline.getAsLong() < node.tickAt) {
      long at = Math.max(deadline.getAsLong(), now().nanos());
      node.tickAt = at;
      timeline.after(
          Duration.ofNanos(at - now().nanos()),
          () -> {
            if (node.tickAt == at) {
              tick(node);
            }
          });
    }
  }

  private void perform(TestNode node, EngineEffect effect) {
    switch (effect) {
      case EngineEffect.Ask ask -> send(node, ask);
      case EngineEffect.Announce batch -> announce(node, batch);
      case EngineEffect.Abandon(var rpcId) -> node.asked.remove(rpcId);
      case EngineEffect.Progress(_, var finding) -> node.findings.add(finding);
      case EngineEffect.Done(var id, var outcome) -> {
        if (node.outcomes.put(id, outcome) != null) {
          throw new AssertionError("operation " + id + " ended twice");
        }
      }
      case EngineEffect.Happened(var event) -> node.events.add(event);
      case EngineEffect.Reply _, EngineEffect.Refuse _, EngineEffect.Accepted _ ->
          throw new AssertionError("an answer to nobody: " + effect);
    }
  }

  private void send(TestNode from, EngineEffect.Ask ask) {
    from.asked.put(ask.rpcId(), ask.to().id());
    from.maxInFlight = Math.max(from.maxInFlight, from.asked.size());
    from.requestsSent++;
    from.whenAsking.accept(ask);
    TestNode to = nodes.get(ask.to().id());
    Fault fault = to == null ? Fault.UNREACHABLE : faults.apply(to, ask.request());
    var pretence =
        new EngineInput.Answered(
            ask.rpcId(), new KadResponse.Stored(ask.request().key(), Optional.empty()));
    meet(from, to, ask.rpcId(), fault, () -> deliver(from, to, ask), pretence);
  }

  private void meet(
      TestNode from,
      TestNode to,
      long rpcId,
      Fault fault,
      Runnable delivery,
      EngineInput pretence) {
    switch (to != null && !to.up ? Fault.SILENT : fault) {
      case NONE -> timeline.after(latency(), delivery);
      case PRETENCE -> report(from, rpcId, pretence);
      case SILENT -> {}
      case RESET -> fail(from, rpcId, RpcFailure.REFUSED);
      case UNREACHABLE -> {
        var end = new EngineInput.RpcFailed(rpcId, RpcFailure.UNREACHABLE);
        timeline.after(UNREACHABLE_AFTER, () -> told(from, rpcId, end));
      }
    }
  }

  private void fail(TestNode from, long rpcId, RpcFailure why) {
    report(from, rpcId, new EngineInput.RpcFailed(rpcId, why));
  }

  /// How a request ended is on its way to who sent it.
  private void report(TestNode from, long rpcId, EngineInput end) {
    timeline.after(latency(), () -> told(from, rpcId, end));
  }

  private void told(TestNode from, long rpcId, EngineInput end) {
    if (from.up && from.asked.remove(rpcId) != null) {
      apply(from, end);
    }
  }

  /// A batch meets the worst fault that any of its requests would.
  private void announce(TestNode from, EngineEffect.Announce batch) {
    from.asked.put(batch.rpcId(), batch.to().id());
    from.batchesSent++;
    from.announced += batch.keys().size();
    TestNode to = nodes.get(batch.to().id());
    Fault fault =
        to == null
            ? Fault.UNREACHABLE
            : batch
                .requests()
                .map(request -> faults.apply(to, request))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    var pretence = new EngineInput.Sent(batch.rpcId());
    meet(from, to, batch.rpcId(), fault, () -> deliver(from, to, batch), pretence);
  }

  private void deliver(TestNode from, TestNode to, EngineEffect.Announce batch) {
    if (!to.up) {
      return;
    }
    connect(from, to);
    if (!to.isServer()) {
      fail(from, batch.rpcId(), RpcFailure.UNSUPPORTED);
      return;
    }
    boolean refused = false;
    Iterator<KadRequest> frames = batch.requests().iterator();
    while (!refused && frames.hasNext()) {
      KadRequest request = KadCodec.decodeRequest(KadCodec.encodeRequest(frames.next()));
      var arriving = new EngineInput.Inbound(inbound++, from.info(), request);
      for (EngineEffect effect : to.engine.apply(arriving, now())) {
        switch (effect) {
          case EngineEffect.Accepted _ -> {}
          case EngineEffect.Refuse _ -> refused = true;
          default -> perform(to, effect);
        }
      }
    }
    EngineInput end =
        refused
            ? new EngineInput.RpcFailed(batch.rpcId(), RpcFailure.REFUSED)
            : new EngineInput.Sent(batch.rpcId());
    report(from, batch.rpcId(), end);
    scheduleTick(to);
  }

  private void deliver(TestNode from, TestNode to, EngineEffect.Ask ask) {
    if (!to.up) {
      return;
    }
    connect(from, to);
    if (!to.isServer()) {
      fail(from, ask.rpcId(), RpcFailure.UNSUPPORTED);
      return;
    }
    KadRequest request = KadCodec.decodeRequest(KadCodec.encodeRequest(ask.request()));
    var arriving = new EngineInput.Inbound(inbound++, from.info(), request);
    for (EngineEffect effect : to.engine.apply(arriving, now())) {
      switch (effect) {
        case EngineEffect.Reply(_, var response) -> {
          byte[] body = KadCodec.encodeResponse(response);
          KadResponse decoded = KadCodec.decodeResponse(ask.request(), body);
          report(from, ask.rpcId(), new EngineInput.Answered(ask.rpcId(), decoded));
        }
        case EngineEffect.Accepted _ ->
            report(from, ask.rpcId(), new EngineInput.Sent(ask.rpcId()));
        case EngineEffect.Refuse _ -> fail(from, ask.rpcId(), RpcFailure.REFUSED);
        default -> perform(to, effect);
      }
    }
    scheduleTick(to);
  }
}
