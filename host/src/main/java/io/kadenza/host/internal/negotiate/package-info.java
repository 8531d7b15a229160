/// multistream-select 1.0: two peers agree on the protocol that the rest of a connection or stream
/// speaks.
///
/// Start with [io.kadenza.host.internal.negotiate.Negotiation]: a machine over bytes for either
/// side. Specification: libp2p `connections/README.md`, section multistream-select. Confined to one
/// connection's event loop.
@NullMarked
package io.kadenza.host.internal.negotiate;

import org.jspecify.annotations.NullMarked;
