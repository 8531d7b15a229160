package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.ProviderStore;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Machine;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// The whole DHT as one machine. Driven by one thread at a time, which has all of it to itself but
/// for [#neighbourhood].
///
/// A driver carries out the effects in their order and reports what comes of them; the same engine,
/// on the same seed and the same inputs, always asks for the same effects.
public final class KadEngine implements Machine<EngineInput, EngineEffect> {
  private final Node node;
  private final Standing standing;
  private final Values values;
  private final Responder responder;
  private final Upkeep upkeep;
  private final Sweep sweep;
  private final Republish republish;

  /// At which addresses others know us: a machine that changes its network has none in between.
  private List<Multiaddr> known;

  /// When the next tick is due; known until the next step, for drivers ask after every input.
  private long deadline;

  private boolean deadlineKnown;

  /// An engine that keeps records in memory.
  ///
  /// @param random seeded by the caller
  public KadEngine(KadConfig config, PeerId self, RandomGenerator random) {
    this(config, Contact.of(self), random, Stores.inMemory(config, random));
  }

  /// An engine that keeps what is others' where the caller chooses, and its own in memory.
  public KadEngine(
      KadConfig config,
      Contact self,
      RandomGenerator random,
      RecordStore records,
      ProviderStore providers) {
    this(config, self, random, Stores.keeping(records, providers, config));
  }

  /// An engine with stores of the caller's choice, which from now on are the engine's.
  ///
  /// @param self with its own addresses, if it knows them from the beginning
  public KadEngine(KadConfig config, Contact self, RandomGenerator random, Stores stores) {
    node = new Node(config, self, random, stores);
    standing = new Standing(node);
    values = new Values(node);
    responder = new Responder(node, values);
    upkeep = new Upkeep(node, standing);
    sweep = new Sweep(node);
    republish = new Republish(node, values);
    known = self.info().addresses();
  }

  /// Whom we know: the one part that other threads may read.
  public Neighbourhood neighbourhood() {
    return node.neighbourhood;
  }

  /// Whether a peer is in the table: a host with too many connections does well to keep its.
  public boolean isInTable(Contact peer) {
    return node.table.contains(peer);
  }

  /// Looks at what the engine knows and holds.
  ///
  /// @param now ages are told as of then, which may be later than the last step
  public Inspection inspect(Now now) {
    return new Inspection(node, upkeep, sweep, now);
  }

  /// How many requests wait for an answer.
  public int inFlight() {
    return node.inFlight.count();
  }

  /// How many operations are under way.
  public int operations() {
    return node.operations.count();
  }

  @Override
  public List<EngineEffect> apply(EngineInput input, Now now) {
    node.now = now;
    switch (input) {
      case EngineInput.Inbound inbound -> responder.answer(inbound);
      case EngineInput.Answered(var rpcId, var response) -> answered(rpcId, response);
      case EngineInput.PeerIdentified(var peer, var server) -> {
        if (!standing.identified(peer, server)) {
          return node.takeEffects();
        }
      }
      // With whom we are connected is looked up when it matters; only the loss of the last is news.
      case EngineInput.PeerConnected(var peer) -> {
        connected(peer);
        return List.of();
      }
      case EngineInput.PeerDisconnected(var peer) -> {
        disconnected(peer);
        return List.of();
      }
      case EngineInput.Sent(var rpcId) -> sent(rpcId);
      case EngineInput.RpcFailed(var rpcId, var why) -> failed(rpcId, why);
      case EngineInput.Start start -> start(start);
      case EngineInput.Cancel(var operationId) -> node.operations.cancel(operationId);
      case EngineInput.OwnAddresses(var addresses) -> reachedAt(addresses);
      case EngineInput.Converge network -> converge(network);
      case EngineInput.Recall(var peers) -> standing.recall(peers);
      case EngineInput.SwitchMode(var mode) -> switchMode(mode);
      case EngineInput.Watch(var watched) -> node.watched = watched;
    }
    return step();
  }

  @Override
  public List<EngineEffect> tick(Now now) {
    node.now = now;
    for (Rpc due = node.inFlight.due(now.nanos());
        due != null;
        due = node.inFlight.due(now.nanos())) {
      node.emit(new EngineEffect.Abandon(due.id()));
      failed(due.id(), RpcFailure.TIMED_OUT);
    }
    node.hedges.tick(now.nanos());
    node.operations.tick(now.nanos());
    standing.tick();
    upkeep.tick();
    sweep.tick();
    republish.tick();
    return step();
  }

  private List<EngineEffect> step() {
    deadlineKnown = false;
    node.operations.forgetFinished();
    upkeep.observe();
    sweep.observe();
    republish.observe();
    node.neighbourhood.publish(node.table.snapshot());
    return node.takeEffects();
  }

  @Override
  public OptionalLong deadline() {
    if (!deadlineKnown) {
      deadline = Node.earlier(node.inFlight.deadline(), node.operations.deadline());
      deadline = Node.earlier(deadline, node.hedges.deadline());
      deadline = Node.earlier(deadline, standing.deadline());
      deadline = Node.earlier(deadline, upkeep.deadline());
      deadline = Node.earlier(deadline, sweep.deadline());
      deadline = Node.earlier(deadline, republish.deadline());
      deadlineKnown = true;
    }
    return deadline == Node.NEVER ? OptionalLong.empty() : OptionalLong.of(deadline);
  }

  private void reachedAt(List<Multiaddr> addresses) {
    Contact own = node.neighbourhood.own();
    // What the policy does not let us say of others we do not say of ourselves either.
    PeerInfo info = node.config.addresses().filter(new PeerInfo(own.id(), addresses));
    if (!info.equals(own.info())) {
      node.neighbourhood.own(own.at(info));
    }
    if (!info.addresses().isEmpty() && !info.addresses().equals(known)) {
      if (!known.isEmpty()) {
        upkeep.moved();
      }
      known = info.addresses();
    }
  }

  private void connected(PeerId peer) {
    if (node.connected.size() < node.config.maxContacts()) {
      node.connected.add(peer);
    }
  }

  private void disconnected(PeerId peer) {
    boolean was = node.connected.contains(peer);
    node.connected.remove(peer);
    if (was && node.connected.size() == 0) {
      upkeep.cutOff();
      deadlineKnown = false;
    }
  }

  private void answered(long rpcId, KadResponse response) {
    Rpc rpc = node.inFlight.take(rpcId);
    if (rpc == null) {
      return;
    }
    if (rpc.fits(response)) {
      node.observeAnswer(rpc);
      node.silent.heardOf(rpc.to());
      tellAnswered(rpc);
      standing.noteAnswer(rpc, response);
      rpc.owner().answered(rpc, response);
    } else {
      fail(rpc, RpcFailure.MALFORMED);
    }
  }

  private void sent(long rpcId) {
    Rpc rpc = node.inFlight.take(rpcId);
    if (rpc != null) {
      tellAnswered(rpc);
      rpc.owner().sent(rpc);
    }
  }

  private void tellAnswered(Rpc rpc) {
    if (node.watched) {
      node.happened(
          new EngineEvent.RpcAnswered(rpc.to().id(), rpc.request().type(), node.sinceSent(rpc)));
    }
  }

  private void failed(long rpcId, RpcFailure why) {
    Rpc rpc = node.inFlight.take(rpcId);
    if (rpc != null) {
      fail(rpc, why);
    }
  }

  private void fail(Rpc rpc, RpcFailure why) {
    if (node.watched) {
      node.happened(
          new EngineEvent.RpcFailed(rpc.to().id(), rpc.request().type(), node.sinceSent(rpc), why));
    }
    standing.noteFailure(rpc, why);
    rpc.owner().failed(rpc, why);
  }

  private void start(EngineInput.Start start) {
    long id = start.operationId();
    long deadline = node.now.nanosAfter(start.limit());
    node.operations.start(
        switch (start.operation()) {
          case Operation.FindClosest find -> new FindClosestRun(node, id, deadline, find);
          case Operation.FindPeer find -> new FindPeerRun(node, id, deadline, find);
          case Operation.GetValue get -> new GetValueRun(node, id, deadline, get, values);
          case Operation.PutValue(var key, var value) ->
              new PutValueRun(node, id, deadline, new Record(key, value), values, null);
          case Operation.Publish(var key, var value) ->
              new PutValueRun(node, id, deadline, new Record(key, value), values, republish);
          case Operation.Settle _ -> new SettleRun(node, id, deadline);
          case Operation.Unpublish(var key) -> new UnpublishRun(node, id, deadline, key);
          case Operation.StartProviding(var keys) ->
              new StartProvidingRun(node, id, deadline, keys, sweep);
          case Operation.StopProviding(var keys) -> new StopProvidingRun(node, id, deadline, keys);
          case Operation.Provide provide -> provide(provide, id, deadline);
          case Operation.FindProviders find -> new FindProvidersRun(node, id, deadline, find);
          case Operation.Bootstrap bootstrap -> {
            List<Contact> seeds = bootstrap.seeds().stream().map(Contact::of).toList();
            upkeep.seeds(seeds);
            yield new BootstrapRun(node, id, deadline, seeds);
          }
          case Operation.Refresh _ -> new RefreshRun(node, id, deadline);
        });
  }

  private void converge(EngineInput.Converge network) {
    standing.converge(network.servers());
    for (EngineInput.Converge.Walked walk : network.walks()) {
      node.size.observe(walk.target(), walk.closest(), node.seconds());
    }
    node.neighbourhood.networkSize(node.size.estimate(node.seconds()));
    upkeep.converge();
  }

  private Run<Outcome.Provided> provide(Operation.Provide provide, long id, long deadline) {
    OptionalDouble servers = node.size.estimate(node.seconds());
    return provide.optimistic() && ProviderLimits.isKey(provide.key()) && servers.isPresent()
        ? new OptimisticProvideRun(node, id, deadline, provide.key(), servers.getAsDouble())
        : new ProvideRun(node, id, deadline, provide);
  }

  private void switchMode(Mode mode) {
    if (mode != node.mode) {
      node.mode = mode;
      node.neighbourhood.serving(mode == Mode.SERVER);
      node.happened(new EngineEvent.ModeChanged(mode));
    }
  }
}
