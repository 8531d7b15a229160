/// What a node remembers of messages: that it has seen them, and for a while the messages
/// themselves.
///
/// Start with [MessageCache], which answers IWANT and feeds IHAVE; [SeenCache] tells duplicates.
/// Both are bounded, and confined to the engine's thread. Specification: gossipsub 1.0, "Message
/// Cache".
@NullMarked
package io.kadenza.gossip.cache;

import org.jspecify.annotations.NullMarked;
