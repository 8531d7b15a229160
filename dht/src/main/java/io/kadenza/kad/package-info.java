/// A libp2p Kademlia DHT: find peers, store and fetch small values, advertise and find providers of
/// content, with no server.
///
/// Start with [Dht]. The algorithms are pure machines in the module `kad-core`; this module drives
/// them on a [io.kadenza.host.Host]: one thread at a time has the engine to itself, requests and
/// answers travel in the event loops, and questions that the routing table or the values alone can
/// answer are answered there.
@NullMarked
package io.kadenza.kad;

import org.jspecify.annotations.NullMarked;
