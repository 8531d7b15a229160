/// The identify and identify-push protocols: peers tell each other who they are, what they speak
/// and where they listen (libp2p specification `identify/README.md`).
///
/// Start with [io.kadenza.host.internal.identify.IdentifyMessage], the wire form; the sinks run in
/// the connection's event loop.
@NullMarked
package io.kadenza.host.internal.identify;

import org.jspecify.annotations.NullMarked;
