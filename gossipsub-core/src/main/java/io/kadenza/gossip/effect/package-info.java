/// What the engine asks for: data that the shell, or the simulator, acts on.
///
/// Start at [GossipEffect]; [GossipEvent] is what observers are told. [Outbox] gathers the effects
/// of one step and is confined to the engine's thread.
@NullMarked
package io.kadenza.gossip.effect;

import org.jspecify.annotations.NullMarked;
