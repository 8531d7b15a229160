/// Yamux: many streams over one connection, each with its own flow control.
///
/// Start with [io.kadenza.host.internal.yamux.Yamux], the machine;
/// [io.kadenza.host.internal.yamux.YamuxEvent] is what it tells,
/// [io.kadenza.host.internal.yamux.YamuxLimits] what it may cost. Specification: libp2p
/// `yamux/README.md`. Confined to one connection's event loop.
@NullMarked
package io.kadenza.host.internal.yamux;

import org.jspecify.annotations.NullMarked;
