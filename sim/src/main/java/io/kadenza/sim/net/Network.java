package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.key.Contact;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.trace.TraceHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
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
  private final Seeds seeds;
  private final Conditions conditions;
  private final Links links;
  private final Wires wires;
  private final Reception reception;
  private final SplittableRandom places;
  private final List<SimNode> nodes;
  private final List<Contact> contacts;
  private final Map<PeerId, SimNode> byId;
  private NetworkObserver[] observers = {};
  private int up;
  private long requests;
  private long operations;
  private long messages;
  private long dials;
  private long bytes;

  /// @param expected how many nodes there will be, roughly
  public Network(Seeds seeds, Conditions conditions, int expected) {
    this.seeds = seeds;
    this.conditions = conditions;
    links = new Links(conditions, seeds.of("links"));
    wires = new Wires(this, conditions);
    reception = new Reception(this);
    places = seeds.of("places");
    nodes = new ArrayList<>(expected);
    contacts = new ArrayList<>(expected);
    byId = HashMap.newHashMap(expected);
  }

  /// Adds a node, which is up from now on and knows nobody.
  public SimNode add(PeerInfo info, KadConfig config) {
    return add(info, config, Storage.MEMORY);
  }

  /// Adds a node that keeps what others give it in storage of the caller's choice.
  public SimNode add(PeerInfo info, KadConfig config, Storage storage) {
    int index = nodes.size();
    byte region = links.latency().region(places);
    long lastMile = links.latency().lastMile(places);
    var node = new SimNode(index, info, config, region, lastMile, storage, seeds.of("node", index));
    nodes.add(node);
    contacts.add(node.contact());
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

  NetworkObserver[] observers() {
    return observers;
  }

  public List<SimNode> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  SimNode node(int index) {
    return nodes.get(index);
  }

  /// Who a node is, without a look at the node.
  Contact contact(int index) {
    return contacts.get(index);
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
  public long start(SimNode node, Operation<?> operation, Duration limit) {
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
    wires.breakAll(node);
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
    wires.cut(off);
  }

  /// Ends a [#cut]. Connections that have survived it are as good as before.
  public void heal() {
    wires.heal();
  }

  /// Has a node call another that is up, which learns what the caller is; the caller itself wants
  /// to know nothing.
  public void call(SimNode caller, SimNode node) {
    wires.call(caller, node);
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

  void scheduleWakeup(SimNode node) {
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

  void perform(SimNode node, EngineEffect effect) {
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
    for (NetworkObserver observer : observers) {
      observer.asked(from, ask);
    }
    SimNode to = byId.get(ask.to().id());
    dispatch(from, to, life -> new Exchange(this, from, to, ask.rpcId(), ask.request(), life));
  }

  private void announce(SimNode from, EngineEffect.Announce batch) {
    requests += batch.keys().size();
    for (NetworkObserver observer : observers) {
      observer.announced(from, batch);
    }
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
  long count(SimNode from, int size) {
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
      wires.connect(from, to);
    }
    reception.take(exchange, to);
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
