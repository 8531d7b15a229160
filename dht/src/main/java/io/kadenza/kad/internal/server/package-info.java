/// How other peers' requests reach the engine and its answers go back.
///
/// Start with [io.kadenza.kad.internal.server.RpcServer]. Who is served when is decided by
/// [io.kadenza.kad.internal.server.Admission], which knows no clock, thread or socket. Requests
/// come in event loops, and so do most answers; others come from the engine's thread or the disk's.
@NullMarked
package io.kadenza.kad.internal.server;

import org.jspecify.annotations.NullMarked;
