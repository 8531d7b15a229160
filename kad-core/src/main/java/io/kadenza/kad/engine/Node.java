package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.key.PeerWire;
import io.kadenza.kad.lookup.Patience;
import io.kadenza.kad.record.ProviderStore;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.table.RoutingTable;
import io.kadenza.kad.upkeep.NetworkSize;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the parts of the engine share: who we are, whom we know, what we keep, the present, and the
/// list of effects that is being written. Confined to the engine's thread.
final class Node {
  /// In place of a deadline where there is none.
  static final long NEVER = Long.MAX_VALUE;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// How much farther than the k-th peer is expected to be a record is stored: far enough that
  /// peers who have ground their ids cannot fill the region without being many more than k.
  private static final double REGION = 1.5;

  final KadConfig config;
  final PeerId id;
  final KadKey key;
  final RoutingTable table;
  final Neighbourhood neighbourhood;
  final RecordStore records;
  final ProviderStore providers;
  final RandomGenerator random;
  final InFlight inFlight = new InFlight();
  final Operations operations = new Operations();
  final Hedges hedges = new Hedges();
  final Patience patience;
  final NetworkSize size = new NetworkSize();

  /// Peers with a connection, as far as they fit into [KadConfig#maxContacts].
  final ConnectedPeers connected = new ConnectedPeers();

  Mode mode;

  /// Whether anybody reads events. Whoever makes many looks here first, so that without a reader
  /// they cost nothing.
  boolean watched;

  Now now = new Now(0, Instant.EPOCH);
  private long walks;
  private List<EngineEffect> effects = new ArrayList<>();

  Node(
      KadConfig config,
      Contact own,
      RandomGenerator random,
      RecordStore records,
      ProviderStore providers) {
    this.config = config;
    this.id = own.id();
    this.random = random;
    this.records = records;
    this.providers = providers;
    this.key = own.key();
    this.table = new RoutingTable(key, config.k(), config.ipLimits());
    this.neighbourhood = new Neighbourhood(own, config.k(), config.maxContacts(), table.snapshot());
    this.patience = new Patience(config.lookup().patience());
    this.mode = config.mode();
    this.watched = config.traces();
    neighbourhood.serving(mode == Mode.SERVER);
  }

  void emit(EngineEffect effect) {
    effects.add(effect);
  }

  void happened(EngineEvent event) {
    if (watched) {
      effects.add(new EngineEffect.Happened(event));
    }
  }

  /// The effects since the last call.
  List<EngineEffect> takeEffects() {
    if (effects.isEmpty()) {
      return List.of();
    }
    List<EngineEffect> taken = effects;
    effects = new ArrayList<>();
    return taken;
  }

  long nextWalkId() {
    return walks++;
  }

  /// Sends a request; null if too many are in flight already, in which case nobody is told of an
  /// end.
  @Nullable Rpc ask(Contact to, KadRequest request, Rpc.Owner owner, Duration patience) {
    Rpc rpc = inFlight.add(to, request, owner, now.nanos(), now.nanosAfter(patience));
    if (rpc != null) {
      boolean answer = !(request instanceof KadRequest.AddProvider);
      emit(new EngineEffect.Ask(rpc.id(), to.info(), request, patience, answer));
      if (watched) {
        happened(new EngineEvent.RpcSent(to.id(), request.type()));
      }
    }
    return rpc;
  }

  /// Gives up a request whose owner wants to hear no more of it.
  void abandon(Rpc rpc) {
    if (inFlight.take(rpc.id()) != null) {
      emit(new EngineEffect.Abandon(rpc.id()));
      if (watched) {
        happened(new EngineEvent.RpcAbandoned(rpc.to().id(), rpc.request().type(), sinceSent(rpc)));
      }
    }
  }

  /// How long a request has been under way.
  Duration sinceSent(Rpc rpc) {
    return Duration.ofNanos(now.nanos() - rpc.sentAt());
  }

  /// A peer that we have met, null if we do not remember it.
  @Nullable Contact met(KadKey key) {
    Contact inTable = table.get(key);
    return inTable == null ? neighbourhood.metOutside(key) : inTable;
  }

  /// The contact as we know it ourselves, if we have met it: hearsay has older addresses, or a
  /// liar's.
  Contact asMet(Contact heard) {
    Contact met = met(heard.key());
    return met != null && met.hasAddresses() ? met : heard;
  }

  /// The contact with every address at which it may be dialled: those we know ourselves, then those
  /// heard, as far as the policy admits them.
  Contact toDial(Contact heard) {
    Contact met = asMet(heard);
    List<Multiaddr> known = met.info().addresses();
    List<Multiaddr> named = heard.info().addresses();
    if (known.equals(named) || known.containsAll(named)) {
      return config.addresses().filter(met);
    }
    var addresses = new LinkedHashSet<>(known);
    addresses.addAll(named);
    var all = new PeerInfo(met.id(), addresses.stream().limit(PeerWire.MAX_ADDRESSES).toList());
    return met.at(config.addresses().filter(all));
  }

  /// The radius within which records are kept, as a share of the keyspace; 0 if they are kept by
  /// the k closest peers, or as long as the size of the network is unknown.
  double regionRadius() {
    OptionalDouble servers = config.regional() ? size.estimate(seconds()) : OptionalDouble.empty();
    return servers.isPresent() ? REGION * config.k() / (servers.getAsDouble() + 1) : 0;
  }

  /// Seconds on the monotonic clock.
  int seconds() {
    return (int) (now.nanos() / NANOS_PER_SECOND);
  }

  /// Seconds on the monotonic clock, some time ago.
  int secondsAgo(Duration age) {
    return seconds() - (int) Math.min(Integer.MAX_VALUE / 2, age.toSeconds());
  }
}
