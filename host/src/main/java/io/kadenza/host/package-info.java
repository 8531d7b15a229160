/// The libp2p host: it listens and dials, secures and multiplexes connections, and runs protocols.
///
/// Start with [Host]. A [Connection] is an authenticated, multiplexed link to one peer; a [Stream]
/// is one conversation on it and reads like a file, blocking, on virtual threads. Protocols that
/// answer from memory alone are better served by a [FrameHandler], which runs in the connection's
/// event loop. What the host knows of others is in its [Peerstore]; what happens to it is told as
/// [HostEvent]s; what it will not do for strangers is in [Limits].
@NullMarked
package io.kadenza.host;

import org.jspecify.annotations.NullMarked;
