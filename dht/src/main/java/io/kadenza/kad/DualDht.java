package io.kadenza.kad;

import io.kadenza.host.Host;
import io.kadenza.kad.engine.AddressPolicy;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two DHTs on one host: that of a public network, and its form for the local one, as IPFS nodes
/// have them. What neighbours look for is found without the Internet, and private addresses stay in
/// the house.
///
/// ```java
/// try (var dht = DualDht.start(host, Network.AMINO)) {
///   dht.bootstrap(Network.AMINO.bootstrapPeers(), Duration.ofSeconds(30));
///   dht.provide(cid, Duration.ofMinutes(1));
/// }
/// ```
///
/// Who is connected at a private or loopback address, and serves the local id, is of the local
/// network; whoever has public addresses is of the public one, and may be of both. Reads ask both
/// at once and give one answer. Writes go to the public network once somebody of it is known, else
/// to the local one. Unless told, the local DHT is a server, and the public one in mode auto.
public final class DualDht implements Routing {
  private final Dht wan;
  private final Dht lan;

  /// Takes both over; they are closed with this.
  DualDht(Dht wan, Dht lan) {
    this.wan = wan;
    this.lan = lan;
  }

  /// Begins to describe both.
  ///
  /// @param network the public one; of any but [Network#AMINO] only public addresses are taken too
  public static DualDhtBuilder builder(Host host, Network network) {
    return new DualDhtBuilder(host, network);
  }

  /// Starts both on the host, the public one in mode auto.
  ///
  /// @param network as for [#builder]
  public static DualDht start(Host host, Network network) {
    return builder(host, network).start();
  }

  /// The public one of the two.
  public Dht wan() {
    return wan;
  }

  /// The local one of the two.
  public Dht lan() {
    return lan;
  }

  /// Where to write: a network in which nobody is known keeps nothing.
  private Dht forWriting() {
    return wan.table().isEmpty() ? lan : wan;
  }

  @Override
  public boolean validates(String namespace) {
    return wan.validates(namespace) && lan.validates(namespace);
  }

  /// Joins both: each by the seeds with addresses of its kind. Names count as public.
  @Override
  public Outcome.Bootstrapped bootstrap(List<PeerInfo> seeds, Duration limit) {
    return Both.ask(
            () -> wan.bootstrap(of(wan, seeds), limit), () -> lan.bootstrap(of(lan, seeds), limit))
        .merged((a, b) ->
            new Outcome.Bootstrapped(
                a.contacted() + b.contacted(),
                a.tableSize() + b.tableSize(),
                Both.cost(a.stats(), b.stats())));
  }

  private static List<PeerInfo> of(Dht dht, List<PeerInfo> seeds) {
    AddressPolicy policy = dht.config().addresses();
    List<PeerInfo> fitting = new ArrayList<>();
    for (PeerInfo seed : seeds) {
      List<Multiaddr> addresses = seed.addresses().stream().filter(policy::admits).toList();
      if (!addresses.isEmpty()) {
        fitting.add(new PeerInfo(seed.id(), addresses));
      }
    }
    return fitting;
  }

  /// Stores a value in the public network if somebody of it is known, else in the local one.
  @Override
  public Outcome.Stored put(Bytes key, Bytes value, Duration limit) {
    return forWriting().put(key, value, limit);
  }

  /// Stores a value where [#put] does, and again in the same network. If the other one is being
  /// told of a value under this key, published while that was the one to write to, it is told of
  /// this one from now on.
  ///
  /// @return what came of it where [#put] stores
  @Override
  public Outcome.Stored publish(Bytes key, Bytes value, Duration limit) {
    Dht chosen = forWriting();
    Dht other = chosen == wan ? lan : wan;
    if (other.published().stream().noneMatch(own -> own.key().equals(key))) {
      return chosen.publish(key, value, limit);
    }
    var both = Both.ask(() -> wan.publish(key, value, limit), () -> lan.publish(key, value, limit));
    return chosen == wan ? both.wan() : both.lan();
  }

  @Override
  public boolean unpublish(Bytes key) {
    boolean outside = wan.unpublish(key);
    return lan.unpublish(key) || outside;
  }

  /// Tells the public network if somebody of it is known, else the local one.
  @Override
  public Outcome.Provided provide(Bytes key, Duration limit) {
    return forWriting().provide(key, limit);
  }

  /// Tells the network that [#provide] would tell.
  @Override
  public Outcome.Provided provideOptimistically(Bytes key, Duration limit) {
    return forWriting().provideOptimistically(key, limit);
  }

  /// The better of what both networks have; the answers of both are counted.
  @Override
  public GetResult get(Bytes key, Quorum quorum, Duration limit) {
    return Both.ask(() -> wan.get(key, quorum, limit), () -> lan.get(key, quorum, limit))
        .merged((a, b) -> better(key, a, b));
  }

  private GetResult better(Bytes key, GetResult a, GetResult b) {
    LookupStats stats = Both.cost(a.stats(), b.stats());
    return switch (a) {
      case GetResult.Found outside ->
          switch (b) {
            case GetResult.Found inside -> {
              var values = List.of(outside.record().value(), inside.record().value());
              int best = wan.config().validators().select(key, values);
              yield new GetResult.Found(
                  best == 0 ? outside.record() : inside.record(),
                  outside.answers() + inside.answers(),
                  stats);
            }
            case GetResult.NotFound _ ->
                new GetResult.Found(outside.record(), outside.answers(), stats);
          };
      case GetResult.NotFound nobodyOutside ->
          switch (b) {
            case GetResult.Found inside ->
                new GetResult.Found(inside.record(), inside.answers(), stats);
            case GetResult.NotFound nobodyInside ->
                new GetResult.NotFound(
                    Both.united(nobodyOutside.closest(), nobodyInside.closest()), stats);
          };
    };
  }

  /// The providers that both networks know, each once.
  @Override
  public ProviderSearch findProviders(Bytes key, int count, Duration limit) {
    return DualProviderSearch.of(
        wan.findProviders(key, count, limit), lan.findProviders(key, count, limit), count);
  }

  /// Where a peer is, at the addresses that both networks know.
  @Override
  public Outcome.PeerFound findPeer(PeerId peer, Duration limit) {
    return Both.ask(() -> wan.findPeer(peer, limit), () -> lan.findPeer(peer, limit))
        .merged((a, b) -> {
          List<PeerInfo> all = Both.united(a.peer().stream().toList(), b.peer().stream().toList());
          return new Outcome.PeerFound(
              all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst()),
              Both.cost(a.stats(), b.stats()));
        });
  }

  /// The closest peers of the network that is written to.
  @Override
  public Outcome.Closest closest(Bytes key, Duration limit) {
    return forWriting().closest(key, limit);
  }

  @Override
  public void close() {
    wan.close();
    lan.close();
  }
}
