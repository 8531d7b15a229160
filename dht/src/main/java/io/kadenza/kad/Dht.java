package io.kadenza.kad;

import io.kadenza.crypto.PublicKey;
import io.kadenza.host.EventStream;
import io.kadenza.host.Host;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.Finding;
import io.kadenza.kad.engine.Inspection;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.internal.KadDriver;
import io.kadenza.kad.internal.ModeSwitch;
import io.kadenza.kad.internal.keeping.DiskHoldings;
import io.kadenza.kad.internal.keeping.Holdings;
import io.kadenza.kad.internal.keeping.MemoryHoldings;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.metrics.Metrics;
import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.kad.record.HeldValue;
import io.kadenza.kad.table.TableView;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Health;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A node of a libp2p Kademlia DHT (libp2p specification `kad-dht/README.md`).
///
/// ```java
/// try (var host = Host.builder(identity).listen("/ip4/0.0.0.0/tcp/4001").start();
///     var dht = Dht.builder(host).validators(Validators.open()).start()) {
///   dht.bootstrap(peers, Duration.ofSeconds(30));
///   dht.put(Bytes.utf8("/v/hello"), Bytes.utf8("world"), Duration.ofMinutes(1));
/// }
/// ```
///
/// Safe for use by any thread; see [Routing] for how its operations end.
public final class Dht implements Routing, HeldRecords {
  /// For what waits for nobody but the engine.
  private static final Duration SOON = Duration.ofMinutes(1);

  /// Keys that the engine takes in at a time.
  private static final int PIECE = 4_096;

  private final Host host;
  private final KadConfig config;
  private final KadDriver driver;
  private final ModeSwitch modeSwitch;

  private Dht(Host host, KadConfig config, KadDriver driver, ModeSwitch modeSwitch) {
    this.host = host;
    this.config = config;
    this.driver = driver;
    this.modeSwitch = modeSwitch;
  }

  /// Begins to describe a DHT on this host.
  public static DhtBuilder builder(Host host) {
    return new DhtBuilder(host);
  }

  /// @param auto whether the mode follows the host's reachability, instead of being as configured
  /// @param directory where to keep what outlives the DHT; null if nothing does
  static Dht start(Host host, KadConfig wanted, boolean auto, @Nullable Path directory) {
    if (host.isClosed()) {
      throw new IllegalStateException(
          "the host is closed: start a DHT before, on one that is open");
    }
    var config = auto ? wanted.withMode(ModeSwitch.fitting(host, wanted.addresses())) : wanted;
    var random = new SplittableRandom();
    Holdings holdings =
        directory == null
            ? new MemoryHoldings(config, random)
            : DiskHoldings.open(directory, config, random, Instant.now());
    KadDriver driver;
    try {
      driver = new KadDriver(host, config, holdings, random);
    } catch (RuntimeException | Error failed) {
      holdings.close();
      throw failed;
    }
    var modeSwitch = new ModeSwitch(host, config, driver::mode);
    if (auto) {
      modeSwitch.auto();
    }
    return new Dht(host, config, driver, modeSwitch);
  }

  public Host host() {
    return host;
  }

  public KadConfig config() {
    return config;
  }

  @Override
  public boolean validates(String namespace) {
    return config.validators().know(namespace);
  }

  @Override
  public Outcome.Bootstrapped bootstrap(List<PeerInfo> seeds, Duration limit) {
    return run(new Operation.Bootstrap(seeds), limit);
  }

  @Override
  public Outcome.Stored put(Bytes key, Bytes value, Duration limit) {
    return run(new Operation.PutValue(key, value), limit);
  }

  @Override
  public GetResult get(Bytes key, Quorum quorum, Duration limit) {
    var outcome = run(new Operation.GetValue(key, quorum.answers()), limit);
    return outcome
        .best()
        .<GetResult>map(best -> new GetResult.Found(best, outcome.answers(), outcome.stats()))
        .orElseGet(() -> new GetResult.NotFound(outcome.closest(), outcome.stats()));
  }

  @Override
  public Outcome.Provided provide(Bytes key, Duration limit) {
    return run(new Operation.Provide(key), limit);
  }

  @Override
  public Outcome.Provided provideOptimistically(Bytes key, Duration limit) {
    return run(new Operation.Provide(key, true), limit);
  }

  /// Provides these keys from now on: the network is told soon, and again every 22 hours, region by
  /// region of the keyspace, until [#stopProviding]. A key needs no walk of its own, so a hundred
  /// thousand cost little more than a hundred. See [#providing] for how far it has come.
  ///
  /// @param keys usually multihashes; 1 to 80 opaque bytes each
  /// @return how many are new, known and refused; it waits for nobody but the data directory, if
  ///   there is one, so that the keys are provided after a restart too
  /// @throws io.kadenza.store.StoreException if the directory cannot keep them
  public Outcome.ProvidingStarted startProviding(Collection<Bytes> keys) {
    var total = new Outcome.ProvidingStarted(0, 0, 0, LookupStats.none(Termination.COMPLETED));
    for (List<Bytes> some : inPieces(keys)) {
      total = total.plus(run(new Operation.StartProviding(some), SOON));
    }
    return total;
  }

  /// Does not provide these keys any more. Those who were told forget it within two days: there is
  /// no message to tell them.
  ///
  /// @return how many of them were provided
  /// @throws io.kadenza.store.StoreException as for [#startProviding]
  public int stopProviding(Collection<Bytes> keys) {
    int removed = 0;
    for (List<Bytes> some : inPieces(keys)) {
      var stopped = run(new Operation.StopProviding(some), SOON);
      removed += stopped.removed();
    }
    return removed;
  }

  /// Pieces after each of which the engine does other things too.
  private static List<List<Bytes>> inPieces(Collection<Bytes> keys) {
    var pieces = new ArrayList<List<Bytes>>();
    var all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += PIECE) {
      pieces.add(all.subList(from, Math.min(all.size(), from + PIECE)));
    }
    return pieces;
  }

  /// How far the network has been told of the provided keys.
  public SweepStats providing() {
    return look(Inspection::providing);
  }

  /// A page of the provided keys, with when the network was last told of each.
  ///
  /// @param after the last key of the page before; empty for the first page
  /// @param limit how many at most, 1 to [#MAX_PAGE]
  public List<Keystore.Entry> provided(Optional<Bytes> after, int limit) {
    checkPage(limit);
    Objects.requireNonNull(after);
    return look(engine -> engine.provided(after, limit));
  }

  /// The engine, and with it every peer, waits until a page is put together.
  private static void checkPage(int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " entries, not " + limit);
    }
  }

  /// Waits for what earlier calls left to be done in the background: sending the best value to
  /// peers that had an older one, and the last announcements of [#provideOptimistically]. For who
  /// is about to close the DHT.
  ///
  /// @return how many requests are still under way, if the time was too short
  public int settle(Duration limit) {
    return run(new Operation.Settle(), limit).left();
  }

  @Override
  public Outcome.Stored publish(Bytes key, Bytes value, Duration limit) {
    return run(new Operation.Publish(key, value), limit);
  }

  @Override
  public boolean unpublish(Bytes key) {
    return run(new Operation.Unpublish(key), SOON).known();
  }

  /// The values that are stored again.
  public List<OwnValue> published() {
    return look(Inspection::published);
  }

  @Override
  public ProviderSearch findProviders(Bytes key, int count, Duration limit) {
    EventStream<PeerInfo> found = ProviderSearch.queue();
    var started =
        driver.start(
            new Operation.FindProviders(key, count),
            limit,
            finding -> {
              if (finding instanceof Finding.ProviderFound(PeerInfo provider)) {
                found.publish(provider);
              }
            });
    var _ = started.outcome().whenComplete((_, _) -> found.close());
    return new ProviderSearch(found, started.outcome(), () -> driver.cancel(started.id()));
  }

  @Override
  public Outcome.PeerFound findPeer(PeerId peer, Duration limit) {
    return run(new Operation.FindPeer(peer), limit);
  }

  /// The public key of a peer: the one in its id, else the one that it proves in a handshake, else
  /// that of the record `/pk/ID`.
  ///
  /// @return verified to be the peer's; empty if neither the peer nor a record was found
  public Optional<PublicKey> publicKey(PeerId peer, Duration limit) {
    return new PublicKeySearch(this, peer, limit).run();
  }

  @Override
  public Outcome.Closest closest(Bytes key, Duration limit) {
    return run(new Operation.FindClosest(key), limit);
  }

  private <O extends Outcome> O run(Operation<O> operation, Duration limit) {
    var started = driver.start(operation, limit, _ -> {});
    return Waiting.forOutcome(started.outcome(), () -> driver.cancel(started.id()));
  }

  /// Makes this node a server or a client from now on. Peers are told; those that ask a client are
  /// cut off.
  ///
  /// @throws IllegalArgumentException if the host serves another DHT of this protocol; this one
  ///   stays a client then
  public void mode(Mode mode) {
    modeSwitch.pin(mode);
  }

  /// Has the mode follow what the host finds out of its own reachability, from now on: in a network
  /// of public addresses a server once strangers have reached it, else a client; in any other a
  /// server unless it is known that nobody can. Where the host serves another DHT of this protocol,
  /// it stays a client until the next occasion.
  public void autoMode() {
    modeSwitch.auto();
  }

  /// The part that this node plays now.
  public Mode mode() {
    return modeSwitch.playing();
  }

  /// What was counted since the start: requests, their sizes and how long they took.
  public Metrics metrics() {
    return driver.metrics();
  }

  /// Whether what peers ask this node to store can be kept. If not, they are refused, and what is
  /// here already goes on being served; always well without a data directory.
  public Health health() {
    return driver.health();
  }

  /// How many values this node holds.
  public int values() {
    return look(Inspection::valueCount);
  }

  @Override
  public int providerRecords() {
    return look(Inspection::providerRecords);
  }

  @Override
  public List<HeldValue> heldValues(Bytes after, int limit) {
    checkPage(limit);
    Objects.requireNonNull(after);
    return look(engine -> engine.values(after, limit));
  }

  @Override
  public Optional<HeldValue> heldValue(Bytes key) {
    Objects.requireNonNull(key);
    return look(engine -> engine.value(key));
  }

  /// As this node would name them to a peer that asks.
  @Override
  public List<PeerInfo> heldProviders(Bytes key) {
    Objects.requireNonNull(key);
    return look(engine -> engine.providers(key));
  }

  /// The peers in the routing table.
  public List<PeerInfo> table() {
    return driver.table();
  }

  /// Why the routing table is empty; nothing if it is not.
  public Optional<Isolation> isolation() {
    return table().isEmpty() ? Optional.of(Isolation.of(host, config)) : Optional.empty();
  }

  /// The peers that this node knew when it last stopped, the best first: they are asked as soon as
  /// it starts, so a node that has some needs nobody named to it. Empty without a data directory.
  public List<PeerInfo> recalled() {
    return driver.recalled();
  }

  /// The routing table at this moment with all that is known of its peers' conduct, for people.
  public TableView routingTable() {
    return look(Inspection::table);
  }

  private <T> T look(Function<Inspection, T> question) {
    return Waiting.forOutcome(driver.look(question), () -> {});
  }

  /// How many servers the network is estimated to have; empty until enough lookups were made.
  public OptionalDouble networkSize() {
    return driver.neighbourhood().networkSize();
  }

  /// What happens in the DHT from now on: table changes, each step of each lookup, what peers
  /// store.
  ///
  /// @param capacity how many events may wait before the oldest are dropped
  public EventStream<EngineEvent> events(int capacity) {
    return driver.events(capacity);
  }

  /// Stops the DHT: operations under way end with a [DhtException], the protocol is no longer
  /// served, and what was stored is on the disk if there is a data directory. The host goes on.
  /// Idempotent. Called by a validator, it does not wait for that.
  @Override
  public void close() {
    modeSwitch.close();
    driver.close();
  }
}
