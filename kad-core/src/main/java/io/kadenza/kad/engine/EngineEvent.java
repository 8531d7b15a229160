package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;

/// Something worth telling to an observer: a log, a metric, a picture of a lookup.
public sealed interface EngineEvent {
  /// A peer was heard of that was not known before.
  record PeerFound(PeerInfo peer) implements EngineEvent {}

  /// A peer entered the table.
  ///
  /// @param bucket the length of the prefix that its key shares with ours
  record PeerAdded(PeerInfo peer, int bucket) implements EngineEvent {}

  record PeerRemoved(PeerId peer, Reason reason) implements EngineEvent {
    public enum Reason {
      /// It failed to answer too often.
      UNRESPONSIVE,
      /// It does not speak the protocol any more.
      NO_LONGER_SERVER
    }
  }

  /// A walk began.
  ///
  /// @param lookupId unlike that of any other walk of this engine
  /// @param operationId the operation it serves, or [#NO_OPERATION] for upkeep
  record LookupStarted(
      long lookupId, long operationId, Bytes key, KadKey target, List<PeerInfo> seeds)
      implements EngineEvent {
    public LookupStarted {
      seeds = List.copyOf(seeds);
    }
  }

  /// One thing that happened on a walk. Only when the configuration asks for traces.
  ///
  /// @param peer with the distance between its key and the target in `peer.key()`
  /// @param heard the peers it told of that were new to the walk; only for [Kind#ANSWERED]
  record LookupStep(long lookupId, Kind kind, Contact peer, List<Contact> heard)
      implements EngineEvent {
    public LookupStep {
      heard = List.copyOf(heard);
    }

    public enum Kind {
      ASKED,
      ANSWERED,
      FAILED
    }
  }

  record LookupEnded(long lookupId, LookupStats stats, List<PeerInfo> closest)
      implements EngineEvent {
    public LookupEnded {
      closest = List.copyOf(closest);
    }
  }

  record BootstrapProgress(int contacted, int remaining) implements EngineEvent {}

  record BootstrapCompleted(int contacted, int tableSize) implements EngineEvent {}

  /// A peer stored a value here.
  record RecordStored(Bytes key, int size, PeerId from) implements EngineEvent {}

  /// A peer announced itself as a provider here.
  record ProviderStored(Bytes key, PeerId provider) implements EngineEvent {}

  record RequestRefused(PeerId from, String why) implements EngineEvent {}

  record ModeChanged(Mode mode) implements EngineEvent {}

  /// In place of an operation's id.
  long NO_OPERATION = -1;
}
