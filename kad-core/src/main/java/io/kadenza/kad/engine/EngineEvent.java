package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.provide.Span;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.List;

/// Something worth telling to an observer: a log, a metric, a picture of a lookup. All kinds there
/// are stand here, in groups that a reader may take as a whole; all are immutable.
///
/// Events are made only while somebody reads them: see [EngineInput.Watch] and [KadConfig#traces].
public sealed interface EngineEvent {
  /// In place of an operation's id.
  long NO_OPERATION = -1;

  /// What becomes of peers that we know.
  sealed interface TableEvent extends EngineEvent {}

  /// A peer was heard of that was not known before.
  record PeerFound(PeerInfo peer) implements TableEvent {}

  /// A peer entered the table.
  ///
  /// @param bucket the length of the prefix that its key shares with ours
  record PeerAdded(PeerInfo peer, int bucket) implements TableEvent {}

  /// A peer of the table has other addresses than before.
  record PeerMoved(PeerInfo peer, int bucket) implements TableEvent {}

  /// A server found its bucket full of peers that answer, and waits for a place. Told each time
  /// that we meet it so.
  record PeerSpared(PeerInfo peer, int bucket) implements TableEvent {}

  /// A peer of the table failed to answer: it is not named to others until it answers again.
  ///
  /// @param failures how many there were in a row
  record PeerDoubted(PeerId peer, int failures) implements TableEvent {}

  /// A peer left the table.
  record PeerRemoved(PeerId peer, Reason reason) implements TableEvent {
    public enum Reason {
      /// It failed to answer too often.
      UNRESPONSIVE,
      /// It does not speak the protocol any more.
      NO_LONGER_SERVER
    }
  }

  /// What happens on a walk, from [LookupStarted] over its steps to [LookupEnded].
  sealed interface LookupEvent extends EngineEvent {
    /// Unlike that of any other walk of this engine.
    long lookupId();
  }

  /// A walk began.
  ///
  /// @param operationId the operation it serves, or [#NO_OPERATION] for upkeep
  /// @param question what is asked of each peer
  /// @param seeds whom it may ask before anybody has answered
  record LookupStarted(
      long lookupId,
      long operationId,
      MessageType question,
      Bytes key,
      KadKey target,
      List<PeerInfo> seeds)
      implements LookupEvent {
    public LookupStarted {
      seeds = List.copyOf(seeds);
    }
  }

  /// One thing that happened on a walk.
  sealed interface LookupStep extends LookupEvent {
    /// Whom it is about, with its place in the keyspace.
    Contact peer();

    /// How long after the beginning of the walk it happened.
    Duration since();
  }

  record LookupAsked(long lookupId, Contact peer, Duration since) implements LookupStep {}

  /// @param took from the request to the answer, dialling included
  /// @param named how many peers the answer named
  /// @param heard those of them that were new to the walk
  record LookupAnswered(
      long lookupId, Contact peer, Duration since, Duration took, int named, List<Contact> heard)
      implements LookupStep {
    public LookupAnswered {
      heard = List.copyOf(heard);
    }
  }

  record LookupFailed(long lookupId, Contact peer, Duration since, Duration took, RpcFailure why)
      implements LookupStep {}

  /// A peer has been silent for so long that the walk goes on without it. Its answer is still
  /// welcome: a [LookupAnswered] or [LookupFailed] may follow.
  record LookupSlow(long lookupId, Contact peer, Duration since) implements LookupStep {}

  /// A walk is over. Requests that are still open are abandoned, but for those to slow peers: what
  /// becomes of these is worth knowing.
  ///
  /// @param closest the closest peers that answered, the closest first
  record LookupEnded(long lookupId, LookupStats stats, List<PeerInfo> closest)
      implements LookupEvent {
    public LookupEnded {
      closest = List.copyOf(closest);
    }
  }

  /// Requests, ours and those of others. An [RpcSent] is followed by exactly one [RpcAnswered],
  /// [RpcFailed] or [RpcAbandoned] of the same peer and type.
  sealed interface RpcEvent extends EngineEvent {
    /// The peer at the other end.
    PeerId peer();

    MessageType type();
  }

  record RpcSent(PeerId peer, MessageType type) implements RpcEvent {}

  /// A peer answered, or took a request that has no answer.
  record RpcAnswered(PeerId peer, MessageType type, Duration took) implements RpcEvent {}

  record RpcFailed(PeerId peer, MessageType type, Duration took, RpcFailure why)
      implements RpcEvent {}

  /// Nobody waits for the answer any more.
  record RpcAbandoned(PeerId peer, MessageType type, Duration took) implements RpcEvent {}

  /// We did what a peer asked.
  record RpcServed(PeerId peer, MessageType type) implements RpcEvent {}

  /// We did not do what a peer asked.
  ///
  /// @param why for people; it may quote the peer: escape before printing
  record RpcRefused(PeerId peer, MessageType type, String why) implements RpcEvent {}

  /// What is kept here for others.
  sealed interface StoreEvent extends EngineEvent {
    Bytes key();
  }

  /// A peer stored a value here.
  record RecordStored(Bytes key, int size, PeerId from) implements StoreEvent {}

  /// A peer announced itself as a provider here.
  record ProviderStored(Bytes key, PeerId provider) implements StoreEvent {}

  /// What the network is told, without being asked, of what we provide and publish.
  sealed interface ProvideEvent extends EngineEvent {}

  /// The servers of a region were told of our keys in it.
  ///
  /// @param told how many keys enough of them took
  /// @param missed how many they did not; these are told again later
  /// @param findNodes how many FIND_NODEs it took to find those servers
  /// @param messages how many ADD_PROVIDERs were sent
  record RegionProvided(Span region, int told, int missed, int findNodes, int messages)
      implements ProvideEvent {}

  /// A published value is not stored again: it is no longer valid, or there is a better one.
  ///
  /// @param why for people
  record ValueDropped(Bytes key, String why) implements ProvideEvent {}

  /// How the node looks after itself.
  sealed interface UpkeepEvent extends EngineEvent {}

  record BootstrapProgress(int contacted, int remaining) implements UpkeepEvent {}

  record BootstrapCompleted(int contacted, int tableSize) implements UpkeepEvent {}

  /// The table is being looked after because it was due.
  record RefreshStarted(int tableSize) implements UpkeepEvent {}

  /// @param stats of all its walks together
  record RefreshEnded(int tableSize, LookupStats stats) implements UpkeepEvent {}

  record ModeChanged(Mode mode) implements UpkeepEvent {}
}
