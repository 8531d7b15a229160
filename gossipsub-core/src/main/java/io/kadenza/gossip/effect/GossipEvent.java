package io.kadenza.gossip.effect;

import io.kadenza.gossip.signing.Rejection;
import io.kadenza.multiformats.PeerId;

/// What happens in the overlay, for observers. The kinds may grow: a reader's switch keeps a
/// default.
public sealed interface GossipEvent {

  /// A connected peer is in a topic.
  record PeerSubscribed(PeerId peer, String topic) implements GossipEvent {}

  /// A peer has left a topic, or is gone.
  record PeerUnsubscribed(PeerId peer, String topic) implements GossipEvent {}

  /// A peer is in our mesh for a topic, at its wish or ours.
  record Grafted(PeerId peer, String topic) implements GossipEvent {}

  /// A peer is no longer in our mesh for a topic.
  record Pruned(PeerId peer, String topic, PruneReason reason) implements GossipEvent {}

  /// A message was not accepted.
  ///
  /// @param from the peer that handed it to us, not its author
  record MessageRejected(PeerId from, String topic, Rejection why) implements GossipEvent {}

  /// Why a peer left our mesh.
  enum PruneReason {
    /// It pruned us.
    BY_PEER,
    /// The mesh had too many peers.
    EXCESS,
    /// We left the topic.
    WE_LEFT,
    /// It left the topic.
    PEER_LEFT,
    /// Its connection is gone.
    GONE
  }
}
