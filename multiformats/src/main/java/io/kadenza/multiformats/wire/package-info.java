/// The bytes libp2p messages travel in: Protocol Buffers and length-prefixed frames.
///
/// Start at [ProtoReader] and [ProtoWriter]. Both are mutable, confined to one thread at a time,
/// and hold no thread, clock or socket. What a peer sends never makes them allocate more than it
/// has sent, plus a constant. [LengthPrefixed] puts a message into its frame.
@NullMarked
package io.kadenza.multiformats.wire;

import org.jspecify.annotations.NullMarked;
