/// The six remote procedure calls of the DHT as values, and their protobuf form.
///
/// Start with [KadRequest] and [KadResponse]; [KadCodec] turns them into bytes and back. All of it
/// is pure and safe from any thread; spec: kad-dht, "RPC messages".
@NullMarked
package io.kadenza.kad.rpc;

import org.jspecify.annotations.NullMarked;
