/// Our programs that take part in the races in a network: servers that are one, and clients that do
/// what they are told, one JSON object a line. Go's are `kadnet` and `kadclient` below
/// `interop/go`.
///
/// Start with [Server] and [Client].
@NullMarked
package io.kadenza.bench.peer;

import org.jspecify.annotations.NullMarked;
