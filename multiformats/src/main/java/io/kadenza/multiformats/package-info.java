/// Immutable values that parse and print: varint, multibase, multihash, CID, peer id, multiaddr.
///
/// Start at [Multiaddr] and [PeerId]; both stand on [Bytes]. Everything here is a pure function of
/// its arguments, safe to share between threads, and total: whatever the input, the outcome is a
/// value or a [MalformedException]. Nothing resolves a name or touches the network. Specifications:
/// the `multiformats` repositories and `libp2p/specs` (addressing, peer-ids).
@NullMarked
package io.kadenza.multiformats;

import org.jspecify.annotations.NullMarked;
