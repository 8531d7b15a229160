/// One TCP connection from its first byte to its streams.
///
/// Start with [PeerChannel], the thin Netty handler: it feeds received bytes to the [Upgrade] and,
/// once the peer is authenticated, to a [MuxedConnection], and sends what they put out, one
/// encrypted record for each turn of the event loop. Each [MuxedStream] hands its bytes to a
/// [StreamSink]: [BlockingStream] for virtual threads, [FrameSink] for answers straight from the
/// loop. Everything is confined to the channel's event loop unless it says otherwise.
@NullMarked
package io.kadenza.host.internal.net;

import org.jspecify.annotations.NullMarked;
