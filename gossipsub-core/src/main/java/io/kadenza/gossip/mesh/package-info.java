/// Who is connected, who is in which topic, and which of them form our mesh.
///
/// Start at [Mesh]; [Peers] is the membership that it draws from, [Backoffs] the peers that it must
/// leave alone, [Fanout] what stands in for a mesh in topics that we only publish to. Everything
/// here is confined to the engine's thread. Specifications: gossipsub 1.0, "Peering State" and
/// "Mesh Maintenance"; 1.1, "PRUNE Backoff".
@NullMarked
package io.kadenza.gossip.mesh;

import org.jspecify.annotations.NullMarked;
