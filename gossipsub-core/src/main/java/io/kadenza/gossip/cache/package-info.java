/// What a node remembers of messages: that it has seen them, and for a while the messages
/// themselves.
///
/// [SeenCache] tells duplicates, [MessageCache] answers IWANT and feeds IHAVE. Both are bounded,
/// and confined to the engine's thread. Specification: gossipsub 1.0, "Message Cache".
@NullMarked
package io.kadenza.gossip.cache;

import org.jspecify.annotations.NullMarked;
