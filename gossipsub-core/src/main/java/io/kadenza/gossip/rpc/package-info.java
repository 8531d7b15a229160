/// The messages that pubsub peers exchange, and their bytes.
///
/// Start at [Rpc]; [RpcCodec] reads and writes it within [RpcLimits], and [RpcPacker] cuts what is
/// to be said to one peer into RPCs that other implementations accept. Everything but the packer is
/// immutable or a pure function. Specifications: `libp2p/specs` pubsub, gossipsub 1.0 and 1.1.
@NullMarked
package io.kadenza.gossip.rpc;

import org.jspecify.annotations.NullMarked;
