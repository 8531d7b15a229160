/// Publish and subscribe on a libp2p host.
///
/// Start at [PubSub]; a [Subscription] is where messages are read. Everything here is safe for use
/// by any thread. The protocol itself is in the module `io.kadenza.gossip.core`.
@NullMarked
package io.kadenza.gossip;

import org.jspecify.annotations.NullMarked;
