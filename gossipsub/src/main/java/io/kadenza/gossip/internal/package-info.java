/// How gossipsub's engine meets the host.
///
/// Start at [GossipDriver]: the engine has one thread of its own, each peer one that writes
/// ([PeerLink]) and one that reads ([InboundStreams]), and signatures are verified on a few more
/// ([Verifier]).
@NullMarked
package io.kadenza.gossip.internal;

import org.jspecify.annotations.NullMarked;
