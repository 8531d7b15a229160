/// Races of DHT clients: which finds, stores and provides faster and for less, in one and the same
/// network of servers of both implementations.
///
/// Start with [NetworkRace] and [ProvideRace]; a [Swarm] is the network, a [Crowd] the clients, an
/// [Errand] what they are sent for. Confined to the main thread.
@NullMarked
package io.kadenza.bench.network;

import org.jspecify.annotations.NullMarked;
