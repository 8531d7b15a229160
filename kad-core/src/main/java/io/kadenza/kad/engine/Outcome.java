package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.Optional;

/// How an operation ended. All of them carry what there was at the end, also when they were
/// cancelled or ran out of time: [#stats] says which. The figures of a [Stored] or [Provided] are
/// those of the walk; if the end came after it, peers have not had the time to answer, as each of
/// [PeerOutcome] says.
public sealed interface Outcome {
  LookupStats stats();

  /// The end of a [Operation.FindClosest].
  ///
  /// @param peers the closest that answered, the closest first
  record Closest(List<PeerInfo> peers, LookupStats stats) implements Outcome {
    public Closest {
      peers = List.copyOf(peers);
    }
  }

  /// The end of a [Operation.GetValue].
  ///
  /// @param answers how many valid values were seen, the local one included
  /// @param closest the closest peers that answered, whether or not they hold the value
  record Value(Optional<Record> best, int answers, List<PeerInfo> closest, LookupStats stats)
      implements Outcome {
    public Value {
      closest = List.copyOf(closest);
    }
  }

  /// The end of a [Operation.PutValue] or a [Operation.Publish].
  ///
  /// @param perPeer one for each of the closest peers; empty when none was found, or when `local`
  ///   refused it
  /// @param local what our own store made of it
  /// @param why what the store or the validator objected to, empty if nothing
  record Stored(List<PeerOutcome> perPeer, StoreVerdict local, String why, LookupStats stats)
      implements Outcome {
    public Stored {
      perPeer = List.copyOf(perPeer);
    }

    /// Whether nobody has it because our own validator or store objected; [#why] says to what.
    public boolean isRefused() {
      return perPeer.isEmpty() && !local.isStored();
    }

    /// How many other peers have it.
    public int copies() {
      return (int) perPeer.stream().filter(PeerOutcome::isStored).count();
    }
  }

  /// The end of a [Operation.Provide].
  ///
  /// @param perPeer one for each of the closest peers; empty when none was found
  record Provided(List<PeerOutcome> perPeer, StoreVerdict local, LookupStats stats)
      implements Outcome {
    public Provided {
      perPeer = List.copyOf(perPeer);
    }

    /// How many other peers were told.
    public int copies() {
      return (int) perPeer.stream().filter(PeerOutcome::isStored).count();
    }

    /// How many are being told in the background.
    public int underWay() {
      return (int) perPeer.stream().filter(p -> p.result() == PeerOutcome.Result.UNDER_WAY).count();
    }
  }

  /// The end of a [Operation.StartProviding].
  ///
  /// @param added how many keys are provided from now on
  /// @param known how many were provided already
  /// @param refused how many are not: there is no room, or they are no keys
  record ProvidingStarted(int added, int known, int refused, LookupStats stats) implements Outcome {
    /// Both together.
    public ProvidingStarted plus(ProvidingStarted other) {
      return new ProvidingStarted(
          added + other.added, known + other.known, refused + other.refused, stats);
    }
  }

  /// The end of a [Operation.StopProviding].
  ///
  /// @param removed how many of the keys had been provided
  record ProvidingStopped(int removed, LookupStats stats) implements Outcome {}

  /// The end of a [Operation.Unpublish].
  ///
  /// @param known whether there was such a value
  record Unpublished(boolean known, LookupStats stats) implements Outcome {}

  /// The end of a [Operation.Settle].
  ///
  /// @param left how many requests are still under way
  record Settled(int left, LookupStats stats) implements Outcome {}

  /// The end of a [Operation.FindProviders].
  ///
  /// @param providers in the order in which they were found, each at the addresses that most name
  ///   first
  record Providers(List<PeerInfo> providers, LookupStats stats) implements Outcome {
    public Providers {
      providers = List.copyOf(providers);
    }
  }

  /// The end of a [Operation.FindPeer].
  ///
  /// @param peer at the addresses at which it answered, if it did, then those that most name first
  record PeerFound(Optional<PeerInfo> peer, LookupStats stats) implements Outcome {}

  /// The end of a [Operation.Bootstrap].
  ///
  /// @param contacted how many distinct peers answered
  record Bootstrapped(int contacted, int tableSize, LookupStats stats) implements Outcome {}

  /// The end of a [Operation.Refresh].
  record Refreshed(int tableSize, LookupStats stats) implements Outcome {}
}
