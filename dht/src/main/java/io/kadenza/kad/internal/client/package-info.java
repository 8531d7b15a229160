/// How the engine's requests reach other peers.
///
/// Start with [io.kadenza.kad.internal.client.RpcClient], which takes them; a
/// [io.kadenza.kad.internal.client.PeerLine] for each peer puts them on streams that are kept and
/// used again. Requests come from the engine, what becomes of streams is told in event loops, and a
/// virtual thread is there only while a connection is being made.
@NullMarked
package io.kadenza.kad.internal.client;

import org.jspecify.annotations.NullMarked;
