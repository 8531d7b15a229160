package io.kadenza.kad.internal;

import io.kadenza.host.EventStream;
import io.kadenza.host.FrameLimits;
import io.kadenza.host.Host;
import io.kadenza.host.Registration;
import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.Finding;
import io.kadenza.kad.engine.Inspection;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.KadEngine;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.Neighbourhood;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.internal.client.RpcClient;
import io.kadenza.kad.internal.keeping.ContactKeeper;
import io.kadenza.kad.internal.keeping.Holdings;
import io.kadenza.kad.internal.metrics.RpcMeter;
import io.kadenza.kad.internal.server.MemoryShortcut;
import io.kadenza.kad.internal.server.RpcServer;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.metrics.Metrics;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.machine.Machine;
import io.kadenza.machine.MachineDriver;
import io.kadenza.machine.Now;
import io.kadenza.machine.TimeSource;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feeds the engine from a host and runs its effects there. Safe for use by any thread; the engine
/// and its stores belong to whoever has the machine's turn.
public final class KadDriver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KadDriver.class);

  /// Inputs that may wait for the engine before peers' requests are refused.
  private static final int QUEUE = 65_536;

  private final Host host;
  private final KadConfig config;
  private final MachineDriver<EngineInput, EngineEffect> machine;
  private final RpcMeter outbound = new RpcMeter();
  private final RpcMeter inbound = new RpcMeter();
  private final RpcClient client;
  private final RpcServer server;
  private final HostWatch watch;
  private final Registration preferring;
  private final AtomicLong operationIds = new AtomicLong();
  private final Map<Long, PendingOperation<?>> operations = new ConcurrentHashMap<>();

  private final EventReaders readers =
      new EventReaders(watched -> must(new EngineInput.Watch(watched)));

  private final TimeSource time = TimeSource.system();

  /// Belongs to whoever has the machine's turn.
  private final KadEngine engine;

  private final Holdings holdings;
  private final Acknowledgements acknowledgements;

  private final List<PeerInfo> recalled;

  /// Null if nothing outlives the node.
  private final @Nullable ContactKeeper contacts;

  private final Neighbourhood neighbourhood;

  /// Held while it closes: who closes it too is to find it closed.
  private final ReentrantLock closing = new ReentrantLock();

  private volatile boolean serving;
  private volatile boolean closed;

  /// @param holdings closed with the driver
  /// @throws IllegalArgumentException if the host serves the protocol already; nothing is left
  ///   behind then
  public KadDriver(Host host, KadConfig config, Holdings holdings, RandomGenerator random) {
    this.host = host;
    this.config = config;
    this.holdings = holdings;
    this.engine =
        new KadEngine(config.withTraces(false), Contact.of(host.id()), random, holdings.stores());
    this.neighbourhood = engine.neighbourhood();
    this.recalled = holdings.contacts();
    this.client = new RpcClient(host, config, this::must, outbound);
    this.server =
        new RpcServer(
            config.serving(),
            new MemoryShortcut(
                neighbourhood,
                holdings.stores().records().shelf().orElse(null),
                config.records(),
                time,
                this::answeredFromMemory),
            this::offer,
            inbound);
    this.acknowledgements = new Acknowledgements(holdings, server);
    this.machine =
        MachineDriver.start("kad-engine", new Answerable(), QUEUE, time, this::run, this::failed);
    this.watch = new HostWatch(host, config, client, server, this::must);
    this.contacts = holdings.isLasting() ? goOnWithContacts() : null;
    this.preferring = host.prefer(new TableMembers(neighbourhood));
    try {
      serve(config.mode());
    } catch (IllegalArgumentException servedAlready) {
      close();
      throw new IllegalArgumentException(
          servedAlready.getMessage()
              + ": a host serves one DHT of a protocol; give this one a Network of its own, or"
              + " make a DualDht of the public network and its local form",
          servedAlready);
    }
  }

  /// The engine, which may fail at what it is asked: then whoever waits for that is told.
  private final class Answerable implements Machine<EngineInput, EngineEffect> {
    @Override
    public List<EngineEffect> apply(EngineInput input, Now now) {
      try {
        return engine.apply(input, now);
      } catch (Exception bug) {
        if (input instanceof EngineInput.Start start) {
          PendingOperation<?> pending = operations.remove(start.operationId());
          if (pending != null) {
            pending.outcome().completeExceptionally(bug);
          }
        } else if (input instanceof EngineInput.Inbound request) {
          server.refuse(request.requestId());
        }
        throw bug;
      }
    }

    @Override
    public List<EngineEffect> tick(Now now) {
      return engine.tick(now);
    }

    @Override
    public OptionalLong deadline() {
      return engine.deadline();
    }
  }

  /// The engine goes on after a bug; without it, nobody is to wait for it or to ask us.
  private void failed(Throwable bug) {
    if (bug instanceof Error) {
      // First those who wait: with a full heap the rest may fail as well.
      abandonAll();
      serve(Mode.CLIENT);
      LOG.error("the DHT engine has ended; only a new start helps", bug);
    } else {
      LOG.error("the DHT engine failed; please report this", bug);
    }
  }

  private void abandonAll() {
    operations.values().forEach(pending -> pending.outcome().cancel(false));
    readers.close();
  }

  /// Goes on with the peers of an earlier run, and keeps those of this one for the next.
  private ContactKeeper goOnWithContacts() {
    if (!recalled.isEmpty()) {
      must(new EngineInput.Recall(recalled));
    }
    return ContactKeeper.start(
        holdings,
        recalled.size(),
        () -> look(engine -> engine.worthSaving(EngineInput.Recall.MAX_PEERS)));
  }

  /// Called in event loops.
  private boolean offer(EngineInput input) {
    return machine.offerHere(input);
  }

  private void must(EngineInput input) {
    machine.put(input);
  }

  private void run(EngineEffect effect) {
    switch (effect) {
      case EngineEffect.Ask ask -> client.ask(ask);
      case EngineEffect.Announce batch -> client.announce(batch);
      case EngineEffect.Abandon(long rpcId) -> client.abandon(rpcId);
      case EngineEffect.Reply(long requestId, var response) -> {
        if (Acknowledgements.isPromise(response)) {
          acknowledgements.reply(requestId, response);
        } else {
          server.reply(requestId, response);
        }
      }
      case EngineEffect.Refuse(long requestId, var why) -> server.refuse(requestId);
      case EngineEffect.Accepted(long requestId) -> acknowledgements.accepted(requestId);
      case EngineEffect.Progress(long operationId, Finding finding) -> {
        PendingOperation<?> pending = operations.get(operationId);
        if (pending != null) {
          pending.findings().accept(finding);
        }
      }
      case EngineEffect.Done(long operationId, Outcome outcome) -> {
        PendingOperation<?> pending = operations.remove(operationId);
        if (pending != null) {
          acknowledgements.done(pending, outcome);
        }
      }
      case EngineEffect.Happened(EngineEvent event) -> readers.publish(event);
    }
  }

  /// A request was answered without the engine, which can tell nobody of it.
  private void answeredFromMemory(PeerId from, MessageType type) {
    if (!readers.isEmpty()) {
      readers.publish(new EngineEvent.RpcServed(from, type));
    }
  }

  /// Starts an operation.
  ///
  /// @param findings told of its progress, on the thread that drives the engine
  /// @return its id, for [#cancel], and what it will end in
  /// @throws IllegalStateException if the engine itself is calling, and would wait for itself
  public <O extends Outcome> Started<O> start(
      Operation<O> operation, Duration limit, Consumer<Finding> findings) {
    checkNotEngine();
    long id = operationIds.incrementAndGet();
    var input = new EngineInput.Start(id, operation, limit);
    var pending = new PendingOperation<>(operation, findings, new CompletableFuture<>());
    operations.put(id, pending);
    if (closed || !machine.put(input)) {
      operations.remove(id);
      pending.outcome().cancel(false);
    }
    return new Started<>(id, pending.outcome());
  }

  /// An operation under way. Its outcome is cancelled when the DHT is closed.
  public record Started<O extends Outcome>(long id, CompletableFuture<O> outcome) {}

  public void cancel(long operationId) {
    must(new EngineInput.Cancel(operationId));
  }

  /// Changes the part that this node plays: a client does not serve the protocol.
  ///
  /// @throws IllegalArgumentException if the host serves another DHT of the protocol; this one is a
  ///   client then
  public void mode(Mode mode) {
    must(new EngineInput.SwitchMode(mode));
    try {
      serve(mode);
    } catch (IllegalArgumentException servedAlready) {
      must(new EngineInput.SwitchMode(Mode.CLIENT));
      throw servedAlready;
    }
  }

  private synchronized void serve(Mode mode) {
    boolean wanted = mode == Mode.SERVER && !(closed || machine.isClosed());
    if (wanted && !serving) {
      host.handleFrames(
          config.protocol(),
          new FrameLimits(
              KadCodec.MAX_MESSAGE_BYTES,
              config.serving().streamsPerConnection(),
              config.serving().inFlightPerPeer()),
          server);
    } else if (!wanted && serving) {
      host.unhandle(config.protocol());
    }
    serving = wanted;
  }

  /// What happens from now on: also what the caller starts next, but nothing from before.
  public EventStream<EngineEvent> events(int capacity) {
    EventStream<EngineEvent> stream = readers.open(capacity);
    if (machine.isClosed()) {
      stream.close();
    }
    return stream;
  }

  /// What was counted so far.
  public Metrics metrics() {
    var report = new RpcMeter.Report();
    inbound.inbound(report);
    outbound.outbound(report);
    return new Metrics(report.counters(), report.histograms(), neighbourhood.networkSize());
  }

  /// The peers that an earlier run has left, the best first.
  public List<PeerInfo> recalled() {
    return recalled;
  }

  /// Whether what is stored from now on can be kept.
  public Health health() {
    return holdings.health();
  }

  /// Looks at what the engine knows and holds, on its thread.
  ///
  /// @throws IllegalStateException as [#start]
  public <T> CompletableFuture<T> look(Function<Inspection, T> question) {
    checkNotEngine();
    return machine.inspect(() -> question.apply(engine.inspect(time.now())));
  }

  private void checkNotEngine() {
    if (machine.hasTurn()) {
      throw new IllegalStateException(
          "a validator cannot ask the DHT that has called it, which waits for the verdict; let it"
              + " tell another thread");
    }
  }

  /// Whom the engine knows; read from any thread.
  public Neighbourhood neighbourhood() {
    return neighbourhood;
  }

  /// The peers in the routing table, as of the engine's last step.
  public List<PeerInfo> table() {
    return Contact.infos(neighbourhood.table().all());
  }

  @Override
  public void close() {
    if (machine.hasTurn()) {
      // The engine is in the middle of something, and what it works on must outlive that.
      Thread.ofVirtual().name("kad-close").start(this::end);
    } else {
      end();
    }
  }

  private void end() {
    closing.lock();
    try {
      endOnce();
    } finally {
      closing.unlock();
    }
  }

  private void endOnce() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    serve(Mode.CLIENT);
    watch.close();
    preferring.close();
    // Before the requests under way fail, for which nobody who was asked is to blame.
    if (contacts != null) {
      contacts.close();
    }
    // The engine first, lest it asks more.
    machine.close();
    client.close();
    holdings.close();
    abandonAll();
  }
}
