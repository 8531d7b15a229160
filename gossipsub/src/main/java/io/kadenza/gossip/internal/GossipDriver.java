package io.kadenza.gossip.internal;

import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.engine.GossipConfig;
import io.kadenza.gossip.engine.GossipEngine;
import io.kadenza.gossip.engine.GossipInput;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.signing.Author;
import io.kadenza.host.EventStream;
import io.kadenza.host.Host;
import io.kadenza.host.HostEvent;
import io.kadenza.host.Identification;
import io.kadenza.host.Registration;
import io.kadenza.machine.Machine;
import io.kadenza.machine.MachineDriver;
import io.kadenza.machine.Now;
import io.kadenza.machine.TimeSource;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feeds the engine from a host and runs its effects there. Safe for use by any thread; the engine
/// belongs to the driver's thread.
public final class GossipDriver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GossipDriver.class);

  /// Inputs that may wait for the engine before peers' RPCs are shed, each peer's latest; what
  /// memory they may take is bounded as what the engine holds is.
  private static final int QUEUE = 4_096;

  /// What may wait for slow peers, for each byte that the engine may hold.
  private static final int OUTBOUND = 2;

  private final Host host;
  private final GossipEngine engine;
  private final MachineDriver<GossipInput, GossipEffect> machine;
  private final Consumer<GossipEffect.Deliver> deliveries;
  private final Verifier verifier;
  private final InboundStreams inbound;
  private final OutboundRoom room;
  private final Map<PeerId, PeerLink> links = new ConcurrentHashMap<>();
  private final Map<Long, CompletableFuture<Integer>> requests = new ConcurrentHashMap<>();
  private final AtomicLong lastRequest = new AtomicLong();
  private final List<EventStream<GossipEvent>> readers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Registration observing;
  private final Runnable onEnd;

  /// Whether the host serves our protocols. Guarded by this.
  private boolean serving;

  /// @param deliveries takes the messages for the application, on the engine's thread
  /// @param onEnd told, on any thread and perhaps twice, that no message will be delivered any more
  public GossipDriver(
      Host host, GossipConfig config, Consumer<GossipEffect.Deliver> deliveries, Runnable onEnd) {
    this.host = host;
    this.deliveries = deliveries;
    this.onEnd = onEnd;
    // Peers should not be able to guess whom we graft.
    var random = new SplittableRandom(new SecureRandom().nextLong());
    engine = new GossipEngine(config, new Author(host.identity()), random);
    room = new OutboundRoom((long) OUTBOUND * config.maxHeldBytes());
    verifier = new Verifier(this::must);
    machine =
        MachineDriver.start(
            "gossip-engine",
            new Answerable(),
            QUEUE,
            config.maxHeldBytes(),
            TimeSource.system(),
            this::run,
            this::failed);
    inbound = new InboundStreams(this::link, new Entrance(machine));
    observing = host.observe(this::observe);
    try {
      serve();
    } catch (IllegalArgumentException servedAlready) {
      stop();
      throw servedAlready;
    }
    for (PeerId peer : host.connectedPeers()) {
      host.peerstore().identification(peer).ifPresent(i -> identified(peer, i));
    }
  }

  /// The engine, which may fail at what it is to publish: then whoever waits for that is told.
  private final class Answerable implements Machine<GossipInput, GossipEffect> {
    @Override
    public List<GossipEffect> apply(GossipInput input, Now now) {
      try {
        return engine.apply(input, now);
      } catch (Exception bug) {
        if (input instanceof GossipInput.Publish publish) {
          CompletableFuture<Integer> waiting = requests.remove(publish.request());
          if (waiting != null) {
            waiting.completeExceptionally(bug);
          }
        }
        throw bug;
      }
    }

    @Override
    public List<GossipEffect> tick(Now now) {
      return engine.tick(now);
    }

    @Override
    public OptionalLong deadline() {
      return engine.deadline();
    }
  }

  private synchronized void serve() {
    List<String> served = new ArrayList<>();
    try {
      for (String id : MeshProtocol.IDS) {
        host.handle(id, inbound);
        served.add(id);
      }
    } catch (IllegalArgumentException servedAlready) {
      served.forEach(host::unhandle);
      throw servedAlready;
    }
    serving = true;
    if (machine.isClosed()) {
      withdraw();
    }
  }

  private synchronized void withdraw() {
    if (serving) {
      serving = false;
      MeshProtocol.IDS.forEach(host::unhandle);
    }
  }

  /// The engine goes on after a bug; without it, nobody is to wait for it or to talk to us.
  private void failed(Throwable bug) {
    if (bug instanceof Error) {
      // First those who wait: with a full heap the rest may fail as well.
      abandonAll();
      withdraw();
      LOG.error("the gossip engine has ended; only a new start helps", bug);
    } else {
      LOG.error("the gossip engine failed; please report this", bug);
    }
  }

  private void abandonAll() {
    links.values().forEach(PeerLink::close);
    requests.values().forEach(waiting -> waiting.cancel(false));
    readers.forEach(EventStream::close);
    onEnd.run();
  }

  private void must(GossipInput input) {
    machine.put(input);
  }

  /// On the host's event loops: nothing here waits.
  private void observe(HostEvent event) {
    switch (event) {
      case HostEvent.Identified(PeerId peer, Identification identification) ->
          identified(peer, identification);
      case HostEvent.Disconnected(var connection, boolean last) -> {
        PeerLink link = links.get(connection.peer());
        // The next connection may have been told of before the end of this one.
        if (last && link != null && !host.isConnected(connection.peer())) {
          link.close();
        }
      }
      case HostEvent.Connected _,
          HostEvent.IdentifyFailed _,
          HostEvent.DialFailed _,
          HostEvent.ReachabilityChanged _,
          HostEvent.InboundFailed _,
          HostEvent.AddressesChanged _ -> {}
    }
  }

  private void identified(PeerId peer, Identification identification) {
    for (MeshProtocol protocol : MeshProtocol.values()) {
      if (identification.protocols().contains(protocol.id())) {
        link(peer, protocol);
        return;
      }
    }
  }

  /// The link to a peer; a new one if there is none or it is at its end.
  private PeerLink link(PeerId peer, MeshProtocol protocol) {
    PeerLink link =
        links.compute(
            peer,
            (_, present) ->
                present != null && !present.isClosed()
                    ? present
                    : new PeerLink(peer, host, protocol, room, present, this::must, this::ended));
    if (isClosed()) {
      link.close();
    }
    // Once it can be found: the engine's first words to the peer come as soon as the link is up.
    link.start();
    return link;
  }

  private void ended(PeerLink link) {
    links.remove(link.peer(), link);
  }

  private void run(GossipEffect effect) {
    switch (effect) {
      case GossipEffect.Send(PeerId peer, Rpc rpc) -> {
        PeerLink link = links.get(peer);
        if (link != null) {
          link.send(rpc);
        }
      }
      case GossipEffect.Verify verify -> verifier.verify(verify);
      case GossipEffect.Deliver deliver -> deliveries.accept(deliver);
      case GossipEffect.Happened(GossipEvent event) -> readers.forEach(r -> r.publish(event));
      case GossipEffect.Published(long request, int peers) -> {
        CompletableFuture<Integer> waiting = requests.remove(request);
        if (waiting != null) {
          waiting.complete(peers);
        }
      }
    }
  }

  public void subscribe(String topic) {
    must(new GossipInput.Subscribe(topic));
  }

  public void unsubscribe(String topic) {
    must(new GossipInput.Unsubscribe(topic));
  }

  /// Publishes a message.
  ///
  /// @return to how many peers it went at once; cancelled when the driver is closed
  public CompletableFuture<Integer> publish(String topic, Bytes data) {
    long request = lastRequest.incrementAndGet();
    var input = new GossipInput.Publish(topic, data, request);
    var peers = new CompletableFuture<Integer>();
    requests.put(request, peers);
    if (!machine.put(input) || isClosed()) {
      requests.remove(request);
      peers.cancel(false);
    }
    return peers;
  }

  /// Reads something off the engine, on its thread.
  public <T> CompletableFuture<T> inspect(Function<GossipEngine, T> question) {
    return machine.inspect(() -> question.apply(engine));
  }

  public EventStream<GossipEvent> events(int capacity) {
    var stream = new EventStream<GossipEvent>(capacity, readers::remove);
    readers.add(stream);
    if (machine.isClosed()) {
      stream.close();
    }
    return stream;
  }

  /// Whether it was closed, or its engine has ended in an [Error].
  public boolean isClosed() {
    return closed.get() || machine.isClosed();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      withdraw();
      stop();
    }
  }

  private void stop() {
    closed.set(true);
    observing.close();
    inbound.close();
    machine.close();
    verifier.close();
    abandonAll();
  }
}
