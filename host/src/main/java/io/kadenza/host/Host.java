package io.kadenza.host;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.host.internal.HostEvents;
import io.kadenza.host.internal.Listeners;
import io.kadenza.host.internal.MemoryPeerstore;
import io.kadenza.host.internal.Reception;
import io.kadenza.host.internal.dial.Dialer;
import io.kadenza.host.internal.dial.Wish;
import io.kadenza.host.internal.identify.OwnRecord;
import io.kadenza.host.internal.net.ConnectionContext;
import io.kadenza.host.internal.net.ConnectionTable;
import io.kadenza.host.internal.net.EventLoops;
import io.kadenza.host.internal.net.MemoryBudget;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.PingSink;
import io.kadenza.host.internal.net.Protocols;
import io.kadenza.host.internal.net.SinkFactory;
import io.kadenza.host.internal.net.Sinks;
import io.kadenza.host.internal.net.StreamThreads;
import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.host.internal.reach.ReachabilityWatch;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A libp2p host over TCP, Noise and Yamux: it listens, dials, identifies its peers and runs
/// protocols.
///
/// ```java
/// try (var host = Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start()) {
///   host.handle("/echo/1.0.0", stream -> stream.writeFrame(stream.readFrame(1024)));
/// }
/// ```
///
/// Safe for use by any thread. The blocking calls are meant for virtual threads; each wait is
/// bounded by a [Duration], and an interrupt ends it. The host's own threads are daemons: they keep
/// no JVM alive.
public final class Host implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Host.class);
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final Duration CLOSING = Duration.ofMillis(1_500);

  private final Identity identity;
  private final Limits limits;
  private final EventLoops loops = new EventLoops();
  private final Protocols protocols = new Protocols();
  private final StreamThreads threads = new StreamThreads();
  private final ConnectionTable connections;
  private final MemoryBudget budget;
  private final MemoryPeerstore peerstore;
  private final Dialer dialer;
  private final ReachabilityWatch reach;
  private final Reception reception;
  private final Listeners listeners;
  private final OwnRecord own;
  private final HostEvents events = new HostEvents();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Host(
      Identity identity,
      Limits limits,
      String agent,
      NameService names,
      Supplier<List<InetAddress>> machine) {
    this.identity = identity;
    this.limits = limits;
    this.own = new OwnRecord(identity);
    this.connections = new ConnectionTable(limits);
    this.budget = new MemoryBudget(limits);
    this.peerstore = new MemoryPeerstore(limits, System::nanoTime);
    this.reach = new ReachabilityWatch(System::nanoTime, new ReachListener());
    this.reception =
        new Reception(identity, agent, own, protocols, connections, peerstore, reach, events);
    var context =
        new ConnectionContext(
            NoiseIdentity.create(identity, CryptoSuite.best()),
            protocols,
            limits,
            threads,
            budget,
            reception);
    var transport = new TcpTransport(loops, context);
    this.listeners = new Listeners(transport, machine);
    this.dialer =
        new Dialer(transport, names, limits.handshakeTimeout().plusSeconds(5), this::dialFailed);
    protocols.add(Ping.PROTOCOL, PingSink::new);
    reception.open();
  }

  /// Begins to describe a host with this identity.
  public static HostBuilder builder(Identity identity) {
    return new HostBuilder(identity);
  }

  /// @param machine tells the machine's own addresses
  static Host start(
      Identity identity,
      List<Multiaddr> listen,
      Limits limits,
      String agent,
      NameService names,
      Supplier<List<InetAddress>> machine) {
    var host = new Host(identity, limits, agent, names, machine);
    try {
      host.listeners.bind(listen);
      host.reach.listening(host.listeners.addresses());
      host.loops.every(SWEEP, host::sweep);
    } catch (RuntimeException | Error failed) {
      host.close();
      throw failed;
    }
    LOG.debug("{} listens on {}; {}", host.id(), host.addresses(), CryptoSuite.best().describe());
    return host;
  }

  /// What is looked at from time to time.
  void sweep() {
    peerstore.sweep();
    if (listeners.look()) {
      reach.listening(listeners.addresses());
    } else {
      reach.judge();
    }
  }

  // ---- who we are ----

  public PeerId id() {
    return identity.peerId();
  }

  public Identity identity() {
    return identity;
  }

  public Limits limits() {
    return limits;
  }

  /// The addresses at which this host can be reached, without `/p2p`: those it listens on, where a
  /// wildcard stands as the machine's own addresses, looked at once a minute, and the one that a
  /// router forwards to it, once peers of several networks have come by it. Of more than 64 those
  /// that reach farthest.
  public List<Multiaddr> addresses() {
    return own.addresses();
  }

  /// What this host calls itself in identify.
  public String agent() {
    return reception.agent();
  }

  /// This host as others would dial it.
  public PeerInfo info() {
    return new PeerInfo(id(), own.addresses());
  }

  /// The protocols served, sorted.
  public List<String> protocols() {
    return protocols.names();
  }

  // ---- reachability ----

  /// Whether strangers can connect to this host, as far as it can tell. Changes are told as
  /// [HostEvent.ReachabilityChanged].
  public Reachability reachability() {
    return reach.judgement();
  }

  /// Takes the word of a service that dials back, such as AutoNAT: it outweighs what the host has
  /// seen itself, for an hour or until the next word.
  public void probed(boolean reachable) {
    reach.probed(reachable);
  }

  private final class ReachListener implements ReachabilityWatch.Listener {
    @Override
    public void reachableAt(List<Multiaddr> addresses) {
      if (own.update(addresses)) {
        reception.announce();
        events.publish(new HostEvent.AddressesChanged(own.addresses()));
      }
    }

    @Override
    public void judged(Reachability now) {
      events.publish(new HostEvent.ReachabilityChanged(now));
    }
  }

  private void dialFailed(Multiaddr address, DialException why) {
    reach.dialFailed(address);
    events.publish(new HostEvent.DialFailed(address, why));
  }

  // ---- others ----

  public Peerstore peerstore() {
    return peerstore;
  }

  /// The open connections.
  public List<Connection> connections() {
    return List.copyOf(connections.all());
  }

  /// How many bytes of memory all connections together take for what is not through yet, of the
  /// [Limits#maxHeldBytes] that they may.
  public long heldBytes() {
    return budget.held();
  }

  /// The peers that are connected.
  public List<PeerId> connectedPeers() {
    return connections.peers();
  }

  /// Has peers of which `useful` holds be the last to give way when there are more connections than
  /// [Limits#maxConnections]. Asked often and in an event loop, it must answer from memory.
  ///
  /// @return to be closed when that is over
  public Registration prefer(Predicate<PeerId> useful) {
    return connections.prefer(Objects.requireNonNull(useful));
  }

  public boolean isConnected(PeerId peer) {
    return connections.get(peer).isPresent();
  }

  /// The connection to a peer that is there; empty if it has to be made first.
  public Optional<Connection> connection(PeerId peer) {
    return connections.get(peer).map(Function.identity());
  }

  /// The connection to a peer: the one there is, or a new one to any of the addresses given or
  /// remembered. Addresses that failed a moment ago are passed over.
  ///
  /// @throws DialException if it cannot be had within `limit`
  public Connection connect(PeerInfo peer, Duration limit) {
    return connect(peer, limit, false, new Wish.Anywhere());
  }

  /// As [#connect(PeerInfo, Duration)], for a user who insists: addresses are tried even if they
  /// failed a moment ago.
  public Connection connectNow(PeerInfo peer, Duration limit) {
    return connect(peer, limit, true, new Wish.Anywhere());
  }

  /// As [#connect(PeerInfo, Duration)], but no address is dialled that `willing` does not take,
  /// wherever it is known from: names are resolved before it is asked. Who joins an attempt that is
  /// under way, and was made with another predicate, tries again if that fails.
  public Connection connect(PeerInfo peer, Predicate<Multiaddr> willing, Duration limit) {
    return connect(peer, limit, false, willing);
  }

  /// As [#connect(PeerInfo, Predicate, Duration)], and tries what failed a moment ago.
  public Connection connectNow(PeerInfo peer, Predicate<Multiaddr> willing, Duration limit) {
    return connect(peer, limit, true, willing);
  }

  private Connection connect(
      PeerInfo peer, Duration limit, boolean insist, Predicate<Multiaddr> willing) {
    Objects.requireNonNull(limit);
    Objects.requireNonNull(willing);
    checkOpen();
    if (peer.id().equals(id())) {
      throw new DialException(DialException.Reason.REFUSED, "that peer is this host itself");
    }
    var existing = connections.get(peer.id());
    if (existing.isPresent()) {
      return existing.get();
    }
    return dialer.dial(peer.id(), Wish.of(peer, peerstore, insist, willing), limit);
  }

  /// Whether a host can dial `address`, as far as it can be told without trying: that takes an IP
  /// literal or a name, `/tcp/PORT`, and nothing on top; or a `/dnsaddr`. A `/p2p/…` behind it
  /// makes no difference.
  public static boolean canDial(Multiaddr address) {
    return Dialer.canDial(address);
  }

  /// A connection to whoever is at `address`; to a certain peer when it ends in `/p2p/…`.
  ///
  /// @throws DialException if it cannot be had within `limit`
  public Connection connect(Multiaddr address, Duration limit) {
    checkOpen();
    var peer = address.peerId();
    if (peer.isPresent()) {
      return connectNow(new PeerInfo(peer.get(), List.of(address)), limit);
    }
    return dialer.dialUnknown(address, limit);
  }

  /// Connects if need be and opens a stream; see [Connection#open].
  public Stream open(PeerInfo peer, List<String> proposals, Duration limit) {
    return connect(peer, limit).open(proposals, limit);
  }

  /// Whether [#close] was called.
  public boolean isClosed() {
    return closed.get();
  }

  private void checkOpen() {
    if (isClosed()) {
      throw new DialException(DialException.Reason.REFUSED, "the host is closed");
    }
  }

  // ---- protocols ----

  /// Serves a protocol with blocking code, each stream on a virtual thread of its own.
  ///
  /// @throws IllegalArgumentException if the protocol is served already, or its name is empty,
  ///   longer than 1,023 bytes or has a line break
  public void handle(String protocol, StreamHandler handler) {
    register(protocol, Sinks.blocking(Objects.requireNonNull(handler), limits, threads));
  }

  /// Serves a protocol of length-prefixed requests from the event loop; see [FrameHandler].
  ///
  /// @throws IllegalArgumentException as [#handle]
  public void handleFrames(String protocol, FrameLimits granted, FrameHandler handler) {
    var sinks = Sinks.frames(Objects.requireNonNull(handler), Objects.requireNonNull(granted));
    register(protocol, sinks);
  }

  private void register(String protocol, SinkFactory factory) {
    if (!protocols.add(protocol, factory)) {
      throw new IllegalArgumentException(protocol + " is served already");
    }
    reception.announce();
  }

  /// Serves a protocol no longer: peers are told, and their streams of it are reset.
  public void unhandle(String protocol) {
    if (protocols.remove(protocol)) {
      reception.announce();
      connections.all().forEach(connection -> connection.resetInbound(protocol));
    }
  }

  // ---- events ----

  /// The events from now on, for a reader on a thread of its own.
  public EventStream<HostEvent> events(int capacity) {
    return events.stream(capacity);
  }

  /// Has `observer` called with every event, where it happens: in an event loop. For protocols that
  /// must not miss one; it must return at once.
  ///
  /// @return to be closed when no longer interested
  public Registration observe(Consumer<HostEvent> observer) {
    return events.observe(Objects.requireNonNull(observer));
  }

  /// Stops listening, closes every connection and waits for the threads to end, 1.5 s at most; in
  /// an event loop, such as that of an observer, it does not wait. Idempotent.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (loops.isCalling()) {
      Thread.ofVirtual().name("kad-close").start(this::end);
    } else {
      end();
    }
  }

  private void end() {
    var deadline = Deadline.after(CLOSING);
    reception.close();
    listeners.close(deadline);
    connections.all().forEach(MuxedConnection::close);
    threads.close();
    loops.close(deadline);
    events.close();
  }
}
