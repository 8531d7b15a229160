package io.kadenza.kad;

import io.kadenza.kad.engine.Outcome;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Cid;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.List;

/// What can be asked of a DHT, whether it is one network ([Dht]) or two ([DualDht]).
///
/// Safe for use by any thread. Every operation blocks its caller, is bounded by a [Duration] after
/// which it returns what it has, and ends at once with a [DhtException] when the caller is
/// interrupted, whose flag stays set, or the DHT is closed. Not finding is a result; so is having
/// told nobody, and the outcome says which.
public interface Routing extends AutoCloseable {
  /// Whether values under `/namespace/…` are checked by a validator of their own.
  boolean validates(String namespace);

  /// Joins the network: asks the seeds, then looks for the own neighbourhood and for peers at every
  /// distance.
  Outcome.Bootstrapped bootstrap(List<PeerInfo> seeds, Duration limit);

  /// Stores a value at the peers closest to its key.
  ///
  /// @param key a record key, such as the UTF-8 bytes of `/v/hello`
  /// @return what became of it here and at each of those peers; nothing is sent of a value that our
  ///   own validators refuse
  Outcome.Stored put(Bytes key, Bytes value, Duration limit);

  /// Stores a value as [#put] does, and again every 22 hours, so that it does not vanish from the
  /// network: until [#unpublish], or until our own validator says that it has expired, or a better
  /// one comes here.
  ///
  /// @throws io.kadenza.store.StoreException if there is a data directory that cannot keep it
  Outcome.Stored publish(Bytes key, Bytes value, Duration limit);

  /// Does not store a published value again. Its copies expire within two days.
  ///
  /// @return whether there was one under this key
  /// @throws io.kadenza.store.StoreException as for [#publish]
  boolean unpublish(Bytes key);

  /// Looks for the best value under a key. Peers that hold an older one, or none, are sent the
  /// best.
  GetResult get(Bytes key, Quorum quorum, Duration limit);

  /// Tells the peers closest to a content key that this node provides it.
  ///
  /// @param key usually a multihash; 1 to 80 opaque bytes
  Outcome.Provided provide(Bytes key, Duration limit);

  /// Tells the network that this node has the content of a CID; its multihash is the key.
  default Outcome.Provided provide(Cid cid, Duration limit) {
    return provide(cid.multihash().bytes(), limit);
  }

  /// Tells peers that are probably among the closest before that is certain, and returns when most
  /// of them were told: sooner than [#provide], at about the same peers. An ordinary [#provide] as
  /// long as the size of the network is unknown.
  ///
  /// @return who was told; and who is still being told, as
  ///   [io.kadenza.kad.engine.PeerOutcome.Result#UNDER_WAY]
  Outcome.Provided provideOptimistically(Bytes key, Duration limit);

  /// Looks for the providers of a content key.
  ///
  /// @param count how many are enough; 0 for as many as there are
  /// @return at once, the providers as they are found, each at the addresses that whoever named it
  ///   first gave; the outcome has those that others named too
  ProviderSearch findProviders(Bytes key, int count, Duration limit);

  /// Looks for the providers of a CID's content.
  default ProviderSearch findProviders(Cid cid, int count, Duration limit) {
    return findProviders(cid.multihash().bytes(), count, limit);
  }

  /// Looks for a peer's addresses.
  Outcome.PeerFound findPeer(PeerId peer, Duration limit);

  /// Looks for the k peers closest to a key.
  Outcome.Closest closest(Bytes key, Duration limit);

  /// Ends the operations under way with a [DhtException] and serves no longer. The host goes on.
  /// Idempotent.
  @Override
  void close();
}
