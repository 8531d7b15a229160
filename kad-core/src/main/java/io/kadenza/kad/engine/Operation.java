package io.kadenza.kad.engine;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.Objects;

/// Something a user asks of the DHT. Whoever leaves something out hears of it where he does so, for
/// the engine has nobody whom it could tell.
///
/// @param <O> how it ends
public sealed interface Operation<O extends Outcome> {
  /// The k peers closest to the hash of `key`.
  record FindClosest(Bytes key) implements Operation<Outcome.Closest> {
    public FindClosest {
      Objects.requireNonNull(key);
    }
  }

  /// Where a peer is.
  record FindPeer(PeerId peer) implements Operation<Outcome.PeerFound> {
    public FindPeer {
      Objects.requireNonNull(peer);
    }
  }

  /// The best value under a key.
  ///
  /// @param quorum how many valid values are enough; 0 for as many as there are
  record GetValue(Bytes key, int quorum) implements Operation<Outcome.Value> {
    public GetValue {
      Objects.requireNonNull(key);
      if (quorum < 0) {
        throw new IllegalArgumentException("a quorum is not negative: " + quorum);
      }
    }
  }

  /// Stores a value here and at the k peers closest to its key.
  record PutValue(Bytes key, Bytes value) implements Operation<Outcome.Stored> {
    public PutValue {
      Objects.requireNonNull(key);
      Objects.requireNonNull(value);
    }
  }

  /// Tells the k peers closest to the hash of `key`, usually a multihash, that we have what it
  /// names.
  ///
  /// @param optimistic whether peers that are probably among the closest are told before the walk
  ///   is over, and the last of them in the background; without effect while the size of the
  ///   network is unknown
  record Provide(Bytes key, boolean optimistic) implements Operation<Outcome.Provided> {
    public Provide {
      Objects.requireNonNull(key);
    }

    public Provide(Bytes key) {
      this(key, false);
    }
  }

  /// Provides what these keys name from now on: the network is told soon, and again once per
  /// interval. It is over at once.
  record StartProviding(List<Bytes> keys) implements Operation<Outcome.ProvidingStarted> {
    public StartProviding {
      keys = List.copyOf(keys);
    }
  }

  /// Does not provide these keys any more. It is over at once; the records at others expire.
  record StopProviding(List<Bytes> keys) implements Operation<Outcome.ProvidingStopped> {
    public StopProviding {
      keys = List.copyOf(keys);
    }
  }

  /// Waits for what earlier operations left to be done: corrections of peers that had an old value,
  /// the last announcements of an optimistic provide. For who is about to leave.
  record Settle() implements Operation<Outcome.Settled> {}

  /// Stores a value as [PutValue] does, and again once per interval, until it is no longer valid, a
  /// better one comes here, or [Unpublish].
  record Publish(Bytes key, Bytes value) implements Operation<Outcome.Stored> {
    public Publish {
      Objects.requireNonNull(key);
      Objects.requireNonNull(value);
    }
  }

  /// Does not store a published value again. It is over at once.
  record Unpublish(Bytes key) implements Operation<Outcome.Unpublished> {
    public Unpublish {
      Objects.requireNonNull(key);
    }
  }

  /// Who provides what `key` names.
  ///
  /// @param count how many providers are enough; 0 for as many as there are
  record FindProviders(Bytes key, int count) implements Operation<Outcome.Providers> {
    public FindProviders {
      Objects.requireNonNull(key);
      if (count < 0) {
        throw new IllegalArgumentException("a count is not negative: " + count);
      }
    }
  }

  /// Joins the network: asks the seeds, then finds the own neighbourhood, then peers at every
  /// distance.
  record Bootstrap(List<PeerInfo> seeds) implements Operation<Outcome.Bootstrapped> {
    public Bootstrap {
      seeds = List.copyOf(seeds);
    }
  }

  /// Looks after the table now instead of when it is due.
  record Refresh() implements Operation<Outcome.Refreshed> {}

  /// The outcome of this operation, as [EngineEffect.Done] told it.
  @SuppressWarnings("unchecked") // The engine ends each operation as its type says.
  default O ended(Outcome told) {
    return (O) told;
  }
}
