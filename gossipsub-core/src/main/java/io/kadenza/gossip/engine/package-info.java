/// Gossipsub as one machine, put together from its parts.
///
/// Start at [GossipEngine], with what goes in ([GossipInput]) and what comes out
/// ([io.kadenza.gossip.effect.GossipEffect]). The engine and its parts are confined to whoever
/// drives it: one thread at a time. Specifications: gossipsub 1.0 and, of 1.1, back-off, flood
/// publishing, adaptive gossip and the protection against spam; peer scores and 1.2 are not here
/// yet.
@NullMarked
package io.kadenza.gossip.engine;

import org.jspecify.annotations.NullMarked;
