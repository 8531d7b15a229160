/// One walk towards a key as a machine.
///
/// Start with [Lookup]. A lookup is confined to whoever drives it, which is the engine; spec:
/// kad-dht, "Peer routing", and IPFS kad-dht, "Lookup Process".
@NullMarked
package io.kadenza.kad.lookup;

import org.jspecify.annotations.NullMarked;
