package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// Where provider records are kept. Confined to the engine.
public interface ProviderStore {
  /// Stores or renews the record that `provider` provides what `key` names.
  ///
  /// @param from the provider again, and the network that it announced this from: what it says of
  ///   its addresses proves nothing
  StoreVerdict add(Bytes key, PeerInfo provider, Sender from, Instant now);

  /// Providers of the key that are not expired, at most [ProviderLimits#maxReplied]; a random
  /// subset in random order if there are more. Those whose addresses are too old to be trusted come
  /// without any.
  List<PeerInfo> get(Bytes key, RandomGenerator random, Instant now);

  /// All providers of the key that are not expired, for people: a look that changes nothing.
  List<PeerInfo> held(Bytes key, Instant now);

  /// Forgets one provider of a key; tells whether there was one.
  boolean remove(Bytes key, PeerId provider);

  /// How many records there are, expired ones that nobody has swept yet included.
  int size();

  /// Forgets some of what is expired, in a step that is bounded.
  ///
  /// @return whether there is more to look at: call again soon
  boolean sweep(Instant now);
}
