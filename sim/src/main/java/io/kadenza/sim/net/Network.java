package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.trace.TraceHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Nodes that talk to each other over links with a latency. Requests and answers travel as objects,
/// contacts are shared: a million nodes know each other without a byte being copied.
///
/// It plays for each engine the part that the host plays on a real node: it carries out the effects
/// and reports what comes of them. Confined to the simulation's thread.
public final class Network {
  private static final int TRACE_ARRIVAL = 8;

  private final Timeline timeline = new Timeline();
  private final TraceHash trace = new TraceHash();
  private final Targets targets = new Targets();
  private final Seeds seeds;
  private final Conditions conditions;
  private final Links links;
  private final SplittableRandom places;
  private final List<SimNode> nodes;
  private final Map<PeerId, SimNode> byId;
  private NetworkObserver[] observers = {};
  private int up;
  private long requests;
  private long operations;
  private long messages;
  private long dials;
  private long bytes;

  /// Counts the beginnings and ends of partitions.
  private int cuts;

  /// @param expected how many nodes there will be, roughly
  public Network(Seeds seeds, Conditions conditions, int expected) {
    this.seeds = seeds;
    this.conditions = conditions;
    links = new Links(conditions, seeds.of("links"));
    places = seeds.of("places");
    nodes = new ArrayList<>(expected);
    byId = HashMap.newHashMap(expected);
  }

  /// Adds a node, which is up from now on and knows nobody.
  public SimNode add(PeerInfo info, KadConfig config) {
    return add(info, config, Stores.MEMORY);
  }

  /// Adds a node that keeps what others give it in stores of the caller's choice.
  public SimNode add(PeerInfo info, KadConfig config, Stores stores) {
    int index = nodes.size();
    byte region = links.latency().region(places);
    long lastMile = links.latency().lastMile(places);
    var node = new SimNode(index, info, config, region, lastMile, stores, seeds.of("node", index));
    nodes.add(node);
    up++;
    byId.put(info.id(), node);
    apply(node, new EngineInput.OwnAddresses(info.addresses()));
    return node;
  }

  /// Has everything that happens from now on told to `observer` too.
  public void observe(NetworkObserver observer) {
    observers = Arrays.copyOf(observers, observers.length + 1);
    observers[observers.length - 1] = observer;
  }

  public List<SimNode> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /// Who has this id, if anybody.
  public @Nullable SimNode node(PeerId id) {
    return byId.get(id);
  }

  public Timeline timeline() {
    return timeline;
  }

  Links links() {
    return links;
  }

  public TraceHash trace() {
    return trace;
  }

  public Seeds seeds() {
    return seeds;
  }

  /// How many nodes are up.
  public int up() {
    return up;
  }

  /// How many requests and answers have arrived somewhere.
  public long messages() {
    return messages;
  }

  /// How many requests were sent.
  public long requests() {
    return requests;
  }

  /// How many times a connection was to be opened.
  public long dials() {
    return dials;
  }

  /// How many bytes the requests and answers had that were sent.
  public long bytes() {
    return bytes;
  }

  /// The present on a node's clocks, as the node believes it to be.
  public Now now(SimNode node) {
    WallClock clock = node.clock();
    return clock == null ? timeline.now() : clock.read(timeline.now());
  }

  /// Sets a node's clock.
  public void setClock(SimNode node, WallClock clock) {
    node.clock(clock);
    for (NetworkObserver observer : observers) {
      observer.clockSet(node);
    }
  }

  /// Has a node start an operation; returns the operation's id.
  public long start(SimNode node, Operation operation, Duration limit) {
    if (!node.isUp()) {
      throw new IllegalArgumentException(node + " is off");
    }
    long id = operations++;
    for (NetworkObserver observer : observers) {
      observer.begun(node, id, operation, limit);
    }
    apply(node, new EngineInput.Start(id, operation, limit));
    return id;
  }

  /// The id of the next operation, for those who must know it before it is over.
  public long nextOperationId() {
    return operations;
  }

  /// Turns a node off: its connections break, and what it was asked it never answers.
  public void stop(SimNode node) {
    up -= node.isUp() ? 1 : 0;
    node.stop();
    for (int i = 0; i < node.connections.size(); i++) {
      SimNode peer = nodes.get(node.connections.get(i));
      peer.connections.remove(node.index());
      disconnected(peer, node);
    }
    node.connections.clear();
    for (NetworkObserver observer : observers) {
      observer.stopped(node);
    }
  }

  /// Turns a node on again, under its old identity, with nothing in its memory.
  public void restart(SimNode node) {
    up += node.isUp() ? 0 : 1;
    node.restart(seeds.of("node", ((long) node.life() << 32) + node.index()));
    apply(node, new EngineInput.OwnAddresses(node.info().addresses()));
    for (NetworkObserver observer : observers) {
      observer.started(node);
    }
  }

  /// Cuts some nodes off from all others: what they send each other arrives nowhere, and after a
  /// while both ends of a connection take note. Replaces an earlier cut.
  public void cut(List<SimNode> off) {
    heal();
    off.forEach(node -> node.side = 1);
    int cut = ++cuts;
    timeline.at(
        timeline.nanos() + Conditions.SILENCE.toNanos(),
        () -> {
          if (cut == cuts) {
            off.forEach(this::breakAcross);
          }
        });
  }

  /// Ends a [#cut]. Connections that have survived it are as good as before.
  public void heal() {
    cuts++;
    nodes.forEach(node -> node.side = 0);
  }

  private void breakAcross(SimNode node) {
    for (int i = node.connections.size() - 1; i >= 0; i--) {
      SimNode peer = nodes.get(node.connections.get(i));
      if (peer.side != node.side) {
        node.connections.remove(peer.index());
        peer.connections.remove(node.index());
        apply(node, new EngineInput.PeerDisconnected(peer.id()));
        apply(peer, new EngineInput.PeerDisconnected(node.id()));
      }
    }
  }

  /// Has some of the messages of a node lost from now on, each of which is sent again later.
  ///
  /// @param out the share of those that it sends
  /// @param in the share of those sent to it
  public void lose(SimNode node, double out, double in) {
    node.lossOut = (float) out;
    node.lossIn = (float) in;
    links.becomeLossy();
  }

  /// Feeds an engine and carries out what it asks for.
  public void apply(SimNode node, EngineInput input) {
    perform(node, node.engine().apply(input, now(node)));
    scheduleWakeup(node);
  }

  void wake(SimNode node, Wakeup wakeup) {
    node.wakeAt = Long.MAX_VALUE;
    if (!node.isUp()) {
      return;
    }
    OptionalLong deadline = node.engine().deadline();
    if (deadline.isPresent() && deadline.getAsLong() > timeline.nanos()) {
      node.wakeAt = deadline.getAsLong();
      timeline.schedule(wakeup, node.wakeAt);
      return;
    }
    perform(node, node.engine().tick(now(node)));
    scheduleWakeup(node);
  }

  private void scheduleWakeup(SimNode node) {
    OptionalLong deadline = node.engine().deadline();
    if (deadline.isPresent() && deadline.getAsLong() < node.wakeAt) {
      node.wakeAt = Math.max(deadline.getAsLong(), timeline.nanos());
      timeline.schedule(new Wakeup(this, node), node.wakeAt);
    }
  }

  private void perform(SimNode node, List<EngineEffect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      perform(node, effects.get(i));
    }
  }

  private void perform(SimNode node, EngineEffect effect) {
    switch (effect) {
      case EngineEffect.Ask ask -> send(node, ask);
      case EngineEffect.Announce batch -> announce(node, batch);
      case EngineEffect.Abandon(var rpcId) -> {
        for (NetworkObserver observer : observers) {
          observer.abandoned(node, rpcId);
        }
      }
      case EngineEffect.Progress(var id, var finding) -> {
        for (NetworkObserver observer : observers) {
          observer.progressed(node, id, finding);
        }
      }
      case EngineEffect.Done(var id, var outcome) -> {
        for (NetworkObserver observer : observers) {
          observer.done(node, id, outcome);
        }
      }
      case EngineEffect.Happened(var event) -> {
        for (NetworkObserver observer : observers) {
          observer.happened(node, event);
        }
      }
      case EngineEffect.Reply _, EngineEffect.Refuse _, EngineEffect.Accepted _ ->
          throw new IllegalStateException(node + " answers nobody: " + effect);
    }
  }

  private void send(SimNode from, EngineEffect.Ask ask) {
    requests++;
    from.sent++;
    for (NetworkObserver observer : observers) {
      observer.asked(from, ask);
    }
    SimNode to = byId.get(ask.to().id());
    dispatch(from, to, life -> new Exchange(this, from, to, ask.rpcId(), ask.request(), life));
  }

  private void announce(SimNode from, EngineEffect.Announce batch) {
    requests += batch.keys().size();
    from.sent += batch.keys().size();
    SimNode to = byId.get(batch.to().id());
    dispatch(from, to, life -> new BatchExchange(this, from, to, batch, life));
  }

  /// @param exchange what is to be sent, given the life of the receiver with which there is a
  ///   connection
  private void dispatch(SimNode from, @Nullable SimNode to, IntFunction<Exchange> exchange) {
    boolean connected = to != null && from.connections.contains(to.index());
    if (!connected) {
      dials++;
      from.dials++;
    }
    boolean apart = to != null && from.side != to.side;
    if (to == null || (!connected && (apart || !to.isUp() || !to.isServer()))) {
      // Nobody picks up at that address, or something in between drops the dial.
      Exchange lost = exchange.apply(Exchange.ANY_LIFE);
      timeline.after(conditions.dialTimeout().toNanos(), lost.failed(RpcFailure.UNREACHABLE));
      return;
    }
    Exchange sent = exchange.apply(connected ? to.life : Exchange.ANY_LIFE);
    long wait = count(from, sent.size()) + links.travel(from, to);
    if (apart) {
      return; // The asker's patience runs out.
    }
    for (int i = 0; !connected && i < conditions.dialRoundTrips(); i++) {
      wait += links.travel(from, to) + links.travel(to, from);
    }
    timeline.after(wait, sent);
  }

  /// Notes that a message goes out; returns how long the line takes.
  private long count(SimNode from, int size) {
    from.bytesSent += size;
    bytes += size;
    return links.sending(from, size, timeline.nanos());
  }

  /// A request is where it was sent to.
  void arrive(Exchange exchange) {
    SimNode from = exchange.from;
    SimNode to = exchange.to;
    if (to == null || !to.isUp() || (exchange.toLife >= 0 && exchange.toLife != to.life)) {
      return;
    }
    messages++;
    to.received++;
    trace.add(timeline.nanos(), TRACE_ARRIVAL, from.index(), to.index());
    if (from.life == exchange.fromLife && from.isUp()) {
      connect(from, to);
    }
    if (!to.isServer()) {
      back(exchange.failed(RpcFailure.UNSUPPORTED), to, 0);
      return;
    }
    if (exchange instanceof BatchExchange batch) {
      take(batch, to);
      return;
    }
    Conduct conduct = to.conduct();
    if (conduct == null) {
      answerHonestly(exchange, to, 0);
      return;
    }
    switch (conduct.about(to, from, exchange.request)) {
      case Conduct.Deed.Honest _ -> answerHonestly(exchange, to, 0);
      case Conduct.Deed.Late(var delay) -> answerHonestly(exchange, to, delay);
      case Conduct.Deed.Silence _ -> {}
      case Conduct.Deed.Pretence _ -> back(exchange.taken(), to, 0);
      case Conduct.Deed.Lie(var response) -> reply(exchange, to, response, 0);
    }
  }

  private void reply(Exchange exchange, SimNode to, KadResponse response, long delay) {
    for (NetworkObserver observer : observers) {
      observer.replied(to, exchange.request, response);
    }
    long sending = count(to, MessageSize.of(response));
    back(exchange.answered(response), to, delay + sending);
  }

  /// Sends the end of an exchange on its way to the asker.
  private void back(Exchange exchange, SimNode to, long delay) {
    long time = links.travel(to, exchange.from);
    if (to.side == exchange.from.side) {
      timeline.after(delay + time, exchange);
    }
  }

  /// A batch is taken as a whole, or refused where one of its requests is. Liars who say nothing to
  /// its first request say nothing to the batch; others pretend to take it.
  private void take(BatchExchange batch, SimNode to) {
    SimNode from = batch.from;
    Conduct conduct = to.conduct();
    Conduct.Deed deed =
        conduct == null ? Conduct.Deed.Honest.INSTANCE : conduct.about(to, from, batch.request);
    switch (deed) {
      case Conduct.Deed.Honest _ -> takeHonestly(batch, to, 0);
      case Conduct.Deed.Late(var delay) -> takeHonestly(batch, to, delay);
      case Conduct.Deed.Silence _ -> {}
      case Conduct.Deed.Pretence _, Conduct.Deed.Lie _ -> back(batch.taken(), to, 0);
    }
  }

  private void takeHonestly(BatchExchange batch, SimNode to, long delay) {
    SimNode from = batch.from;
    boolean refused = false;
    Iterator<KadRequest> frames = batch.requests();
    while (!refused && frames.hasNext()) {
      var inbound = new EngineInput.Inbound(batch.rpcId, from.info(), frames.next());
      for (EngineEffect effect : to.engine().apply(inbound, now(to))) {
        switch (effect) {
          case EngineEffect.Reply _, EngineEffect.Accepted _ -> {}
          case EngineEffect.Refuse _ -> refused = true;
          case EngineEffect.Ask _,
              EngineEffect.Announce _,
              EngineEffect.Abandon _,
              EngineEffect.Progress _,
              EngineEffect.Done _,
              EngineEffect.Happened _ ->
              perform(to, effect);
        }
      }
    }
    back(refused ? batch.failed(RpcFailure.REFUSED) : batch.taken(), to, delay);
    scheduleWakeup(to);
  }

  private void answerHonestly(Exchange exchange, SimNode to, long delay) {
    SimNode from = exchange.from;
    var inbound =
        new EngineInput.Inbound(
            exchange.rpcId, from.info(), exchange.request, targets.of(exchange.request.key(), to));
    List<EngineEffect> effects = to.engine().apply(inbound, now(to));
    for (int i = 0; i < effects.size(); i++) {
      EngineEffect effect = effects.get(i);
      switch (effect) {
        case EngineEffect.Reply(_, var response) -> reply(exchange, to, response, delay);
        case EngineEffect.Accepted _ -> {
          for (NetworkObserver observer : observers) {
            observer.taken(to, exchange.request);
          }
          back(exchange.taken(), to, delay);
        }
        case EngineEffect.Refuse _ -> back(exchange.failed(RpcFailure.REFUSED), to, delay);
        case EngineEffect.Ask _,
            EngineEffect.Announce _,
            EngineEffect.Abandon _,
            EngineEffect.Progress _,
            EngineEffect.Done _,
            EngineEffect.Happened _ ->
            perform(to, effect);
      }
    }
    scheduleWakeup(to);
  }

  /// Both ends learn that they are connected and what the other is.
  private void connect(SimNode a, SimNode b) {
    if (a.connections.contains(b.index())) {
      return;
    }
    link(a, b);
    link(b, a);
    a.engine().apply(new EngineInput.PeerConnected(b.id()), now(a));
    b.engine().apply(new EngineInput.PeerConnected(a.id()), now(b));
    if (conditions.identify()) {
      apply(a, new EngineInput.PeerIdentified(b.contact(), b.isServer()));
      apply(b, new EngineInput.PeerIdentified(a.contact(), a.isServer()));
    }
  }

  /// Has a node call another that is up, which learns what the caller is; the caller itself wants
  /// to know nothing.
  public void call(SimNode caller, SimNode node) {
    if (node.isUp() && caller.side == node.side && !caller.connections.contains(node.index())) {
      link(caller, node);
      link(node, caller);
      apply(node, new EngineInput.PeerConnected(caller.id()));
      apply(node, new EngineInput.PeerIdentified(caller.contact(), true));
    }
  }

  private void link(SimNode node, SimNode peer) {
    int gone = node.connections.add(peer.index(), conditions.maxConnections());
    if (gone != Connections.NONE) {
      SimNode other = nodes.get(gone);
      other.connections.remove(node.index());
      disconnected(node, other);
      if (other.isUp()) {
        disconnected(other, node);
      }
    }
  }

  private void disconnected(SimNode node, SimNode from) {
    node.engine().apply(new EngineInput.PeerDisconnected(from.id()), now(node));
  }

  /// The asker learns how its request ended, unless it has gone meanwhile.
  void report(Exchange exchange, EngineInput end) {
    SimNode from = exchange.from;
    if (from.life != exchange.fromLife || !from.isUp()) {
      return;
    }
    SimNode to = exchange.to;
    messages++;
    trace.add(timeline.nanos(), exchange.traceKind(), from.index(), to == null ? -1 : to.index());
    for (NetworkObserver observer : observers) {
      observer.reported(from, exchange.rpcId);
    }
    apply(from, end);
  }
}
