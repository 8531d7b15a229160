package io.kadenza.gossip.engine;

import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.RpcLimits;
import io.kadenza.gossip.rpc.Topics;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;

/// What the engine is told.
public sealed interface GossipInput {

  /// RPCs can be sent to a peer. Comes before anything is received from it; a second one means that
  /// the stream to the peer is new, and has it told our topics again.
  record PeerUp(PeerId peer, MeshProtocol protocol) implements GossipInput {}

  /// RPCs can no longer be sent to a peer. All that is known of it is forgotten, but for back-offs.
  record PeerDown(PeerId peer) implements GossipInput {}

  /// A peer sent an RPC. From a peer that is not up it is ignored.
  record Received(PeerId peer, Rpc rpc) implements GossipInput {}

  /// The outcome of a [io.kadenza.gossip.effect.GossipEffect.Verify].
  record Verified(long ticket, boolean genuine) implements GossipInput {}

  /// Join a topic; nothing happens if we are in it.
  record Subscribe(String topic) implements GossipInput {
    public Subscribe {
      Topics.check(topic);
    }
  }

  /// Leave a topic; nothing happens if we are not in it.
  record Unsubscribe(String topic) implements GossipInput {}

  /// Send a message of ours. It is not delivered to ourselves.
  ///
  /// @param data at most [RpcLimits#MAX_DATA_BYTES]
  /// @param request names the [io.kadenza.gossip.effect.GossipEffect.Published] that answers
  record Publish(String topic, Bytes data, long request) implements GossipInput {
    public Publish {
      Topics.check(topic);
      if (data.size() > RpcLimits.MAX_DATA_BYTES) {
        throw new IllegalArgumentException(
            "a message carries at most " + RpcLimits.MAX_DATA_BYTES + " bytes, not " + data.size());
      }
    }
  }
}
