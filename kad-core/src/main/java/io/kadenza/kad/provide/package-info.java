/// What this node provides and publishes, and when the network is to be told of it again.
///
/// Start with [Keystore], which keeps the keys, and [Span], which divides the keyspace. Everything
/// here is confined to the engine. Spec: IPFS kad-dht, "Provider Record Republish Interval: 22h".
@NullMarked
package io.kadenza.kad.provide;

import org.jspecify.annotations.NullMarked;
