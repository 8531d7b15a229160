package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.key.PeerWire;
import io.kadenza.kad.lookup.Patience;
import io.kadenza.kad.lookup.Promptness;
import io.kadenza.kad.lookup.Region;
import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.OwnValues;
import io.kadenza.kad.record.ProviderStore;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.table.RoutingTable;
import io.kadenza.kad.upkeep.ContactCache;
import io.kadenza.kad.upkeep.Familiarity;
import io.kadenza.kad.upkeep.NetworkSize;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
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
/// list of effects that is being written. Confined to the engine.
final class Node implements Promptness {
  /// In place of a deadline where there is none.
  static final long NEVER = Long.MAX_VALUE;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// What a peer is given for each announcement of a batch: half as fast as we serve one.
  private static final Duration PER_KEY = Duration.ofMillis(10);

  /// Who takes longer is slow as long as we know nothing better: some round trips around the world.
  private static final Duration USUAL_ANSWER = Duration.ofSeconds(1);

  private static final Duration USUAL_DIAL = Duration.ofMillis(1_500);

  final KadConfig config;
  final PeerId id;
  final KadKey key;
  final RoutingTable table;
  final Neighbourhood neighbourhood;
  final RecordStore records;
  final ProviderStore providers;
  final Keystore keystore;
  final OwnValues ownValues;
  final RandomGenerator random;
  final InFlight inFlight = new InFlight();
  final SilentPeers silent = new SilentPeers(inFlight);
  final Operations operations = new Operations();
  final Hedges hedges = new Hedges();
  final Background background = new Background();

  /// How long answers take on a connection, and with a dial before.
  private final Patience connectedPatience;

  private final Patience dialledPatience;
  final NetworkSize size = new NetworkSize();
  final Familiarity familiarity = new Familiarity();
  final ContactCache cache;

  /// Peers with a connection, as far as they fit into [KadConfig#maxContacts].
  final ConnectedPeers connected = new ConnectedPeers();

  Mode mode;

  /// Whether anybody reads events. Whoever makes many looks here first, so that without a reader
  /// they cost nothing.
  boolean watched;

  Now now = new Now(0, Instant.EPOCH);
  private long walks;
  private List<EngineEffect> effects = new ArrayList<>();

  Node(KadConfig config, Contact own, RandomGenerator random, Stores stores) {
    this.config = config;
    this.id = own.id();
    this.random = random;
    this.records = stores.records();
    this.providers = stores.providers();
    this.keystore = stores.keystore();
    this.ownValues = stores.ownValues();
    this.key = own.key();
    this.table = new RoutingTable(key, config.k(), config.ipLimits());
    this.neighbourhood = new Neighbourhood(own, config, table.snapshot());
    this.cache = new ContactCache(config.contactCache());
    Duration patience = config.lookup().patience();
    this.connectedPatience = new Patience(USUAL_ANSWER, patience);
    this.dialledPatience = new Patience(USUAL_DIAL, patience);
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
    boolean dialled = !connected.contains(to.id());
    long slowAt = now.nanos() + patience(dialled).slowAfter();
    Rpc rpc =
        inFlight.add(to, request, owner, now.nanos(), dialled, slowAt, now.nanosAfter(patience));
    if (rpc != null) {
      emit(new EngineEffect.Ask(rpc.id(), to.info(), request, patience));
      if (watched) {
        happened(new EngineEvent.RpcSent(to.id(), request.type()));
      }
    }
    return rpc;
  }

  @Override
  public long slowAt(Contact peer) {
    return now.nanos() + patience(!connected.contains(peer.id())).slowAfter();
  }

  @Override
  public boolean isSilent(Contact peer) {
    return silent.contains(peer, now.nanos());
  }

  private Patience patience(boolean dialled) {
    return dialled ? dialledPatience : connectedPatience;
  }

  /// Learns how long answers take.
  void observeAnswer(Rpc rpc) {
    patience(rpc.dialled()).answered(now.nanos() - rpc.sentAt());
  }

  /// Tells a peer that we provide what these keys name, all in one go; null if too many requests
  /// are in flight already.
  @Nullable Rpc announce(Contact to, List<Bytes> keys, Rpc.Owner owner) {
    PeerInfo own = neighbourhood.own().info();
    Duration patience = config.lookup().patience().plus(PER_KEY.multipliedBy(keys.size()));
    var first = new KadRequest.AddProvider(keys.getFirst(), own);
    boolean dialled = !connected.contains(to.id());
    long deadline = now.nanosAfter(patience);
    // A batch takes as long as it takes: none is slow before its deadline.
    Rpc rpc = inFlight.add(to, first, owner, now.nanos(), dialled, deadline, deadline);
    if (rpc != null) {
      emit(new EngineEffect.Announce(rpc.id(), to.info(), keys, own, patience));
      if (watched) {
        happened(new EngineEvent.RpcSent(to.id(), first.type()));
      }
    }
    return rpc;
  }

  /// Stores here that we provide what a key names.
  StoreVerdict provideHere(Bytes key) {
    return providers.add(key, neighbourhood.own().info(), Sender.of(id), now.wall());
  }

  /// Who provides what a key names, as far as is known here: those who told us so, and we.
  List<PeerInfo> providersOf(Bytes key) {
    List<PeerInfo> told = providers.get(key, random, now.wall());
    PeerInfo own = neighbourhood.own().info();
    if (!keystore.contains(key) || own.addresses().isEmpty() || told.contains(own)) {
      return told;
    }
    var all = new ArrayList<PeerInfo>(told.size() + 1);
    all.add(own);
    told.stream().filter(peer -> !peer.id().equals(id)).forEach(all::add);
    return all;
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
    if (met.hasAddressesOf(heard)) {
      return config.addresses().filter(met);
    }
    List<Multiaddr> known = met.info().addresses();
    List<Multiaddr> named = heard.info().addresses();
    if (known.containsAll(named)) {
      return config.addresses().filter(met);
    }
    var addresses = new LinkedHashSet<>(known);
    addresses.addAll(named);
    var all = new PeerInfo(met.id(), addresses.stream().limit(PeerWire.MAX_ADDRESSES).toList());
    return met.at(config.addresses().filter(all));
  }

  /// Whom a walk begins with: twice as many as are sought, for the others are asked only if the
  /// closest fail.
  List<Contact> seeds(KadKey target) {
    int count = 2 * config.k();
    List<Contact> known = table.seeds(target, count);
    List<Contact> remembered = cache.closest(target, count, seconds());
    if (remembered.isEmpty()) {
      return known;
    }
    var all = new ArrayList<Contact>(known.size() + remembered.size());
    all.addAll(known);
    all.addAll(config.ipLimits().withoutCrowds(remembered));
    return all;
  }

  /// What a walk to the k closest peers may expect to find.
  Region surroundings() {
    return region(0);
  }

  /// Who is to keep a record: the k closest and, where the configuration says so and the size of
  /// the network is known, everybody in the region around its key.
  Region region() {
    return region(config.region());
  }

  private Region region(double factor) {
    if (factor == 0 && !config.lookup().eager()) {
      return Region.UNKNOWN;
    }
    OptionalDouble servers = size.estimate(seconds());
    Region region =
        servers.isPresent() ? Region.of(servers.getAsDouble(), config.k(), factor) : Region.UNKNOWN;
    return region.familiar(config.lookup().eager() && familiarity.isEnough());
  }

  /// Takes the end of a walk as a sample of how large the network is.
  void observeSize(KadKey target, List<Contact> closest) {
    size.observe(target, closest, seconds());
    neighbourhood.networkSize(size.estimate(seconds()));
  }

  /// The earlier of two deadlines, each of which may be [#NEVER].
  static long earlier(long a, long b) {
    return a == NEVER || (b != NEVER && b - a < 0) ? b : a;
  }

  /// Seconds on the monotonic clock.
  int seconds() {
    return seconds(now);
  }

  static int seconds(Now when) {
    return (int) (when.nanos() / NANOS_PER_SECOND);
  }

  /// Seconds on the monotonic clock, some time ago.
  int secondsAgo(Duration age) {
    return seconds() - (int) Math.min(Integer.MAX_VALUE / 2, age.toSeconds());
  }
}
